#pragma once

#include <cstdint>
#include <optional>

#include "core/socket_options.h"

namespace netdiag {

/// What the echo interface says became of a request. No header of Windows is needed here, so that it is tested anywhere.
struct EchoFate {
  enum class Kind : std::uint8_t {
    kReply,
    /// Somebody answered with an ICMP error.
    kIcmpError,
    /// Nobody answered within the time that the interface was given.
    kTimedOut,
    /// Somebody answered with so much that the interface kept none of it: no echo of what was sent, and the interface
    /// waits for no other.
    kTooMuch,
    /// This machine did not send it, or cannot tell what came back.
    kFailure,
  };
  Kind kind = Kind::kFailure;
  /// Of an ICMP error; nothing where the status does not tell it.
  std::optional<std::uint8_t> icmp_type;
  std::optional<std::uint8_t> icmp_code;
  /// errno of a failure; of an ICMP error what it is when no responder is named, because then this machine said it.
  int error_number = 0;
};

/// Reads an IP_STATUS (ipexport.h) of a reply structure. Several codes of ICMP share one status: then there is no code.
[[nodiscard]] EchoFate fate_of_status(AddressFamily family, std::uint32_t status) noexcept;

/// The errno of what GetLastError or WSAGetLastError said, an IP_STATUS included; EIO for one that is not known.
[[nodiscard]] int errno_of_windows_error(std::uint32_t error) noexcept;

}  // namespace netdiag
