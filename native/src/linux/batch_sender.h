#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/call_result.h"
#include "core/clocks.h"
#include "core/record_layout.h"
#include "core/socket_options.h"
#include "linux/socket_reader.h"

namespace netdiag {

/// Hop limit of every socket from its opening on (the usual one of hosts, RFC 1700): packets with this one need no
/// ancillary data.
constexpr int kUsualHopLimit = 64;

/// Who numbers the transmit stamps of a socket.
enum class TransmitKeys : std::uint8_t { kNone, kNamedBySender, kCountedByKernel };

/// Sends SendRecords with sendmmsg. Used on the socket's own thread only.
class BatchSender {
 public:
  /// `fd` and `reader` must outlive the sender.
  BatchSender(int fd, AddressFamily family, TransmitKeys keys, SocketReader& reader) noexcept
      : fd_(fd), family_(family), keys_(keys), reader_(reader) {}

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
  void send_group(Group& group, Outcome& outcome) noexcept;
  [[nodiscard]] bool should_repeat(int error, int attempt, Outcome& outcome) noexcept;
  void record_fate(Group& group, std::size_t index, int error, const ClockReading& departure, Outcome& outcome) noexcept;

  const int fd_;
  const AddressFamily family_;
  const TransmitKeys keys_;
  SocketReader& reader_;
  std::uint32_t next_key_ = 0;
};

}  // namespace netdiag
