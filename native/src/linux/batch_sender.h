#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/call_result.h"
#include "core/clocks.h"
#include "core/record_layout.h"
#include "core/socket_options.h"
#include "linux/socket_reader.h"
#include "linux/timestamping.h"

namespace netdiag {

/// Hop limit of every socket from its opening on (the usual one of hosts, RFC 1700): packets with this one need no
/// ancillary data.
constexpr int kUsualHopLimit = 64;

/// Sends SendRecords with sendmmsg. Used on the socket's own thread only.
class BatchSender {
 public:
  /// `fd` and `reader` must outlive the sender.
  BatchSender(int fd, AddressFamily family, StampedPackets stamped, TransmitKeys keys, SocketReader& reader) noexcept
      : fd_(fd), family_(family), stamped_(stamped), keys_(keys), reader_(reader) {}

  struct Outcome {
    std::size_t sent = 0;
    std::size_t failed = 0;
    /// Records were queued on the way, out of the error queue.
    bool queued = false;
  };

  /// Sends `count` records and writes the fate of each into it.
  /// @returns EINVAL, with nothing sent, when `batch` does not hold that many whole records.
  [[nodiscard]] CallResult<Outcome> send(std::span<std::byte> batch, std::size_t count) noexcept;

 private:
  struct Group;
  struct Attempt;
  void send_group(Group& group, Outcome& outcome) noexcept;
  [[nodiscard]] Attempt attempt(Group& group, std::size_t from, Outcome& outcome) noexcept;
  [[nodiscard]] bool should_repeat(int error, int repetitions, Outcome& outcome) noexcept;
  void record_fate(Group& group, std::size_t index, const Attempt& attempt, Outcome& outcome) noexcept;

  const int fd_;
  const AddressFamily family_;
  const StampedPackets stamped_;
  const TransmitKeys keys_;
  SocketReader& reader_;
  /// Keys start at 1, because 0 says that there is none; the kernel's own count starts at 0.
  std::uint32_t next_key_ = 1;
};

}  // namespace netdiag
