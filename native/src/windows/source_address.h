#pragma once

#include <string>

#include "windows/echo_request.h"

namespace netdiag {

/// A source address, and how it is written.
struct NamedSource {
  EchoSource source;
  std::string text;
};

/// Reads a numeric address of this family, IPv6 optionally with `%zone` (an index), and makes sure that it is one of
/// this machine's.
/// @throws OpenError of "bind"; EADDRNOTAVAIL when it is no such address or not this machine's.
[[nodiscard]] NamedSource own_source_address(AddressFamily family, const std::string& text);

}  // namespace netdiag
