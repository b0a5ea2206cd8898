#pragma once

#include <mutex>

#include "core/clocks.h"
#include "core/record_queue.h"
#include "core/socket_options.h"
#include "linux/message_batch.h"

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
  SocketReader(int fd, AddressFamily family, SocketKind kind, RecordQueue& queue) noexcept
      : fd_(fd), family_(family), kind_(kind), queue_(queue) {}

  /// Reads what there is, without blocking: at most `batches` times 64 datagrams, and every error.
  SocketRead read_available(int batches) noexcept;

  /// Reads the error queue alone until it is empty, which also clears a pending error.
  ErrorQueueDrain drain_error_queue() noexcept;

 private:
  [[nodiscard]] int receive_data(MessageBatch& batch) noexcept;
  ErrorQueueDrain drain_errors_locked(MessageBatch& batch) noexcept;
  bool queue_error(MessageBatch& batch, std::size_t slot, const ClockReading& read_at, ErrorQueueDrain& drain) noexcept;
  bool queue_datagram(MessageBatch& batch, std::size_t slot, const ClockReading& read_at) noexcept;

  const int fd_;
  const AddressFamily family_;
  const SocketKind kind_;
  RecordQueue& queue_;
  std::mutex mutex_;
};

}  // namespace netdiag
