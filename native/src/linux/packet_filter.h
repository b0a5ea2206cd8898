#pragma once

#include <cstdint>
#include <optional>

#include "core/call_result.h"
#include "core/socket_options.h"

namespace netdiag {

/// Lets through to a raw socket only what answers probes: echo replies and errors (IPv4 types 0, 3, 4, 5, 11, 12, 14,
/// 16, 18; IPv6 types 1 to 4 and 129), or with an identifier only echo replies of it and errors that quote an echo
/// request of it. What the socket received before the filter was there is thrown away.
[[nodiscard]] CallError filter_raw_socket(int fd, AddressFamily family, std::optional<std::uint16_t> only_identifier);

}  // namespace netdiag
