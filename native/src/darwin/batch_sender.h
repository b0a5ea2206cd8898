#pragma once

#include <cstddef>
#include <span>

#include "core/call_result.h"
#include "core/record_layout.h"
#include "core/socket_options.h"
#include "darwin/socket_opening.h"

namespace netdiag {

/// Sends SendRecords, one system call each: macOS takes no hop limit beside a packet, so it is set on the socket before
/// each packet that has another one. Used on the socket's own thread only.
class BatchSender {
 public:
  /// `fd` must outlive the sender.
  BatchSender(int fd, AddressFamily family, std::uint16_t identifier) noexcept
      : fd_(fd), family_(family), identifier_(identifier) {}

  struct Outcome {
    std::size_t sent = 0;
    std::size_t failed = 0;
  };

  /// Sends `count` records and writes the fate of each into it.
  /// @returns EINVAL, with nothing sent, when `batch` does not hold that many whole records.
  [[nodiscard]] CallResult<Outcome> send(std::span<std::byte> batch, std::size_t count) noexcept;

 private:
  /// @returns 0 or the errno.
  [[nodiscard]] int send_one(SendRecord& record, std::span<std::byte> icmp) noexcept;
  [[nodiscard]] int set_hop_limit(int hop_limit, bool is_multicast) noexcept;
  [[nodiscard]] int set_traffic_class(int traffic_class) noexcept;

  const int fd_;
  const AddressFamily family_;
  const std::uint16_t identifier_;
  int hop_limit_ = kUsualHopLimit;
  /// 0 before the first: then the system's own, which is 1.
  int multicast_hop_limit_ = 0;
  int traffic_class_ = 0;
};

}  // namespace netdiag
