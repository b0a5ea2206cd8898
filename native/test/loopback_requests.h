#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "core/record_layout.h"
#include "core/socket_options.h"

namespace netdiag {

inline constexpr std::size_t kIcmpBytes = 64;
inline constexpr std::size_t kSendBytes = padded_to_record(sizeof(SendRecord) + kIcmpBytes);

/// One kind of socket that the tests open.
struct Case {
  AddressFamily family;
  SocketKind kind;
};

inline constexpr Case kCases[] = {{AddressFamily::kIpv4, SocketKind::kRaw},
                                  {AddressFamily::kIpv4, SocketKind::kDgram},
                                  {AddressFamily::kIpv6, SocketKind::kRaw},
                                  {AddressFamily::kIpv6, SocketKind::kDgram}};

inline SocketOptions options_for(const Case& each) {
  SocketOptions options;
  options.family = each.family;
  options.kind = each.kind;
  options.receive_buffer_bytes = 4 << 20;
  options.queue_bytes = 8 << 20;
  return options;
}

/// RFC 1071, for raw IPv4 sockets.
inline std::uint16_t checksum(const std::byte* bytes, std::size_t size) {
  std::uint32_t sum = 0;
  for (std::size_t at = 0; at < size; at += 2) {
    sum += std::to_integer<std::uint32_t>(bytes[at]) << 8 | std::to_integer<std::uint32_t>(bytes[at + 1]);
  }
  while (sum >> 16 != 0) {
    sum = (sum & 0xffff) + (sum >> 16);
  }
  return static_cast<std::uint16_t>(~sum);
}

/// Echo requests to loopback with sequences from `first` on.
inline std::vector<std::byte> requests(AddressFamily family, std::size_t count, std::uint16_t first) {
  std::vector<std::byte> batch(count * kSendBytes);
  for (std::size_t index = 0; index < count; ++index) {
    std::byte* const at = &batch[index * kSendBytes];
    SendRecord record;
    record.icmp_bytes = kIcmpBytes;
    record.hop_limit = 7;
    if (family == AddressFamily::kIpv4) {
      record.destination = {127, 0, 0, 1};
    } else {
      record.destination[15] = 1;
    }
    std::memcpy(at, &record, sizeof record);
    std::byte* const icmp = at + sizeof record;
    icmp[0] = family == AddressFamily::kIpv4 ? std::byte{8} : std::byte{128};
    const auto sequence = static_cast<std::uint16_t>(first + index);
    icmp[6] = static_cast<std::byte>(sequence >> 8);
    icmp[7] = static_cast<std::byte>(sequence);
    const std::uint16_t sum = checksum(icmp, kIcmpBytes);
    icmp[2] = static_cast<std::byte>(sum >> 8);
    icmp[3] = static_cast<std::byte>(sum);
  }
  return batch;
}

}  // namespace netdiag
