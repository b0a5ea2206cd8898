#pragma once

#include <cstdint>
#include <mutex>

#include "core/clocks.h"
#include "core/record_queue.h"
#include "core/socket_options.h"
#include "linux/message_batch.h"
#include "linux/timestamping.h"

struct sock_extended_err;

namespace netdiag {

/// What one reading of the error queue found.
struct ErrorQueueDrain {
  /// Something was put into the record queue.
  bool queued = false;
  /// An ICMP error was there: it may have left a pending error on the socket.
  bool icmp_error = false;
  /// The machine itself refused a packet.
  bool local_error = false;
};

/// The kernel's realtime moment at which a packet was handed to the device; seconds 0 when not known.
struct TransmitStamp {
  std::uint32_t seconds = 0;
  std::uint32_t nanoseconds = 0;
};

/// What one reading of data and error queue found.
struct SocketRead {
  bool queued = false;
  /// All batches were full, so there may be more.
  bool more = false;
};

/// Reads one socket's data and error queue into its record queue. Callable on the receive thread and on the socket's
/// own: a lock makes each reading whole, so that a transmit stamp is always queued before the reply to its packet.
class SocketReader {
 public:
  /// `fd` must outlive the reader.
  SocketReader(int fd, AddressFamily family, SocketKind kind, TransmitKeys keys, RecordQueue& queue) noexcept
      : fd_(fd), family_(family), kind_(kind), keys_(keys), queue_(queue) {}

  /// Reads what there is, without blocking: at most `batches` times 64 datagrams, and every error.
  SocketRead read_available(int batches) noexcept;

  /// Reads the error queue alone until it is empty, which also clears a pending error.
  ErrorQueueDrain drain_error_queue() noexcept;

  /// Keeps others from reading until it is let go. Never blocks: when somebody reads just now it holds nothing.
  [[nodiscard]] std::unique_lock<std::mutex> withhold() noexcept { return {mutex_, std::try_to_lock}; }

  /// Reads the error queue, as `drain_error_queue` does, for the transmit stamp of this key, which then goes into
  /// `found` and not into the record queue. `withheld` is what `withhold` gave, and holds.
  ErrorQueueDrain find_transmit_stamp(const std::unique_lock<std::mutex>& withheld, std::uint32_t key,
                                      TransmitStamp& found) noexcept;

 private:
  [[nodiscard]] int receive_data(MessageBatch& batch) noexcept;
  ErrorQueueDrain drain_errors_locked(MessageBatch& batch) noexcept;
  bool queue_error(MessageBatch& batch, std::size_t slot, const ClockReading& read_at, ErrorQueueDrain& drain) noexcept;
  bool queue_stamp(ReceiveRecord& record, const sock_extended_err& error) noexcept;
  bool queue_datagram(MessageBatch& batch, std::size_t slot, const ClockReading& read_at) noexcept;

  const int fd_;
  const AddressFamily family_;
  const SocketKind kind_;
  const TransmitKeys keys_;
  RecordQueue& queue_;
  std::mutex mutex_;
  /// The stamp that `find_transmit_stamp` looks for; key 0 when none. Guarded by the lock.
  std::uint32_t wanted_key_ = 0;
  TransmitStamp wanted_;
};

}  // namespace netdiag
