#include "darwin/icmp_message.h"

#include <cstring>

namespace netdiag {
namespace {

constexpr std::size_t kIpv4HeaderBytes = 20;
constexpr std::size_t kIpv6HeaderBytes = 40;
constexpr std::size_t kIdentifierAt = 4;
constexpr std::size_t kChecksumAt = 2;
constexpr std::uint8_t kProtocolIcmp = 1;
constexpr std::uint8_t kProtocolIcmpv6 = 58;

/// RFC 792 and RFC 4443.
constexpr std::uint8_t kEchoReply = 0;
constexpr std::uint8_t kEchoRequest = 8;
constexpr std::uint8_t kEchoRequestV6 = 128;
constexpr std::uint8_t kEchoReplyV6 = 129;

std::uint8_t byte_at(std::span<const std::byte> bytes, std::size_t at) noexcept {
  return std::to_integer<std::uint8_t>(bytes[at]);
}

std::uint16_t word_at(std::span<const std::byte> bytes, std::size_t at) noexcept {
  return static_cast<std::uint16_t>(byte_at(bytes, at) << 8 | byte_at(bytes, at + 1));
}

std::size_t ipv4_header_bytes(std::span<const std::byte> packet) noexcept {
  if (packet.size() < kIpv4HeaderBytes || byte_at(packet, 0) >> 4 != 4) {
    return 0;
  }
  const std::size_t bytes = std::size_t{4} * (byte_at(packet, 0) & 0x0f);
  return bytes >= kIpv4HeaderBytes && bytes <= packet.size() ? bytes : 0;
}

bool is_error(AddressFamily family, std::uint8_t type) noexcept {
  return family == AddressFamily::kIpv4 ? type == 3 || type == 4 || type == 5 || type == 11 || type == 12 : type < 128;
}

/// The ICMP message that an error quotes, empty when it quotes something else. Extension headers of IPv6 are not
/// walked: requests of ours have none.
std::span<const std::byte> quoted_message(AddressFamily family, std::span<const std::byte> quote) noexcept {
  if (family == AddressFamily::kIpv4) {
    const std::size_t header = ipv4_header_bytes(quote);
    return header == 0 || byte_at(quote, 9) != kProtocolIcmp ? std::span<const std::byte>() : quote.subspan(header);
  }
  const bool is_icmp =
      quote.size() >= kIpv6HeaderBytes && byte_at(quote, 0) >> 4 == 6 && byte_at(quote, 6) == kProtocolIcmpv6;
  return is_icmp ? quote.subspan(kIpv6HeaderBytes) : std::span<const std::byte>();
}

/// RFC 1071.
std::uint16_t internet_checksum(std::span<const std::byte> bytes) noexcept {
  std::uint32_t sum = 0;
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    sum += word_at(bytes, at);
  }
  if (bytes.size() % 2 != 0) {
    sum += static_cast<std::uint32_t>(byte_at(bytes, bytes.size() - 1)) << 8;
  }
  while (sum > 0xffff) {
    sum = (sum & 0xffff) + (sum >> 16);
  }
  return static_cast<std::uint16_t>(~sum);
}

void write_word(std::span<std::byte> bytes, std::size_t at, std::uint16_t value) noexcept {
  bytes[at] = static_cast<std::byte>(value >> 8);
  bytes[at + 1] = static_cast<std::byte>(value & 0xff);
}

}  // namespace

std::optional<Ipv4Packet> strip_ipv4_header(std::span<const std::byte> packet) noexcept {
  const std::size_t header = ipv4_header_bytes(packet);
  if (header == 0) {
    return std::nullopt;
  }
  Ipv4Packet stripped;
  stripped.icmp = packet.subspan(header);
  stripped.traffic_class = byte_at(packet, 1);
  stripped.hop_limit = byte_at(packet, 8);
  std::memcpy(stripped.destination.data(), packet.data() + 16, 4);
  return stripped;
}

bool concerns_identifier(AddressFamily family, std::span<const std::byte> icmp, std::uint16_t identifier) noexcept {
  if (icmp.size() < kEchoHeaderBytes) {
    return false;
  }
  const std::uint8_t type = byte_at(icmp, 0);
  if (type == (family == AddressFamily::kIpv4 ? kEchoReply : kEchoReplyV6)) {
    return word_at(icmp, kIdentifierAt) == identifier;
  }
  if (!is_error(family, type)) {
    return false;
  }
  const std::span<const std::byte> quoted = quoted_message(family, icmp.subspan(kEchoHeaderBytes));
  return quoted.size() >= kEchoHeaderBytes &&
         byte_at(quoted, 0) == (family == AddressFamily::kIpv4 ? kEchoRequest : kEchoRequestV6) &&
         word_at(quoted, kIdentifierAt) == identifier;
}

void complete_request(AddressFamily family, std::span<std::byte> icmp, std::uint16_t identifier) noexcept {
  write_word(icmp, kIdentifierAt, identifier);
  write_word(icmp, kChecksumAt, 0);
  if (family == AddressFamily::kIpv4) {
    write_word(icmp, kChecksumAt, internet_checksum(icmp));
  }
}

}  // namespace netdiag
