#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>
#include <optional>
#include <string>

#include "core/record_layout.h"
#include "core/socket_options.h"

namespace netdiag {

/// A socket address of either family, with the length that the system calls want.
struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t length = 0;

  [[nodiscard]] sockaddr* get() noexcept { return reinterpret_cast<sockaddr*>(&storage); }
  [[nodiscard]] const sockaddr* get() const noexcept { return reinterpret_cast<const sockaddr*>(&storage); }
};

/// The unspecified address of a family, port 0.
[[nodiscard]] SocketAddress any_address(AddressFamily family) noexcept;

/// Reads a numeric address of this family, IPv6 optionally with `%zone` (a name or an index). Never looks a name up.
/// @returns nothing when the text is no such address, or names an interface that does not exist.
[[nodiscard]] std::optional<SocketAddress> parse_numeric_address(AddressFamily family, const std::string& text);

/// The address as text, with its zone when it has one.
[[nodiscard]] std::string format_address(const SocketAddress& address);

/// Copies a socket address into a record: IPv4 into the first 4 bytes, scope id of IPv6.
/// Leaves both as they are for any other family.
void copy_address(const sockaddr* from, AddressBytes& address, std::uint32_t& scope_id) noexcept;

}  // namespace netdiag
