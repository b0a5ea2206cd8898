#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace netdiag {

enum class AddressFamily : std::uint8_t { kIpv4 = 4, kIpv6 = 6 };

enum class SocketKind : std::uint8_t { kRaw, kDgram, kEchoApi };

enum class DontFragment : std::uint8_t { kDefault, kSet, kClear };

/// How a socket is opened; the meaning of each field is told in src/main/icmp/native-addon.ts.
struct SocketOptions {
  AddressFamily family = AddressFamily::kIpv4;
  SocketKind kind = SocketKind::kDgram;
  std::optional<std::string> address;
  std::optional<std::string> interface_name;
  int receive_buffer_bytes = 0;
  std::size_t queue_bytes = 0;
  bool transmit_timestamps = false;
  DontFragment dont_fragment = DontFragment::kDefault;
  std::optional<std::uint16_t> only_identifier;
};

/// What the opened socket really is.
struct SocketProperties {
  int fd = -1;
  std::uint16_t identifier = 0;
  std::optional<std::string> local_address;
  int receive_buffer_bytes = 0;
  bool kernel_receive_timestamps = false;
  bool kernel_transmit_timestamps = false;
};

/// Everything counted since opening; each only grows.
struct SocketCounters {
  std::uint64_t kernel_drops = 0;
  std::uint64_t queue_drops = 0;
  std::uint64_t received = 0;
  std::uint64_t sent = 0;
  std::uint64_t send_errors = 0;
};

}  // namespace netdiag
