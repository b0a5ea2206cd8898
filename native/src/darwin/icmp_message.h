#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "core/record_layout.h"
#include "core/socket_options.h"

namespace netdiag {

/// What the ICMP sockets of macOS hand over, and what they want: an IPv4 header before each message that is received,
/// every ICMP message of the machine, and a checksum that the program has written. No header of macOS is needed here.

/// Bytes of the header of an echo message.
inline constexpr std::size_t kEchoHeaderBytes = 8;

/// The IPv4 header of a received packet, taken off.
struct Ipv4Packet {
  std::span<const std::byte> icmp;
  std::uint8_t hop_limit = 0;
  std::uint8_t traffic_class = 0;
  AddressBytes destination{};
};

/// Takes the header off. Its length field is not looked at: the kernel has changed it.
/// @returns nothing when it is no IPv4 header.
[[nodiscard]] std::optional<Ipv4Packet> strip_ipv4_header(std::span<const std::byte> packet) noexcept;

/// Whether a message is an echo reply with this identifier, or an error that quotes an echo request with it.
[[nodiscard]] bool concerns_identifier(AddressFamily family, std::span<const std::byte> icmp,
                                       std::uint16_t identifier) noexcept;

/// Writes the identifier into an echo request, and into one of IPv4 the checksum, which IPv6 leaves to the kernel.
void complete_request(AddressFamily family, std::span<std::byte> icmp, std::uint16_t identifier) noexcept;

}  // namespace netdiag
