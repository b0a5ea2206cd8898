#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <span>

#include "core/call_result.h"
#include "core/record_queue.h"

namespace netdiag {

/// Where a backend whose answers come one by one, on threads of its own, puts them for a socket's owner. It may outlive
/// the socket: whoever delivers holds it.
class RecordInbox {
 public:
  explicit RecordInbox(std::size_t queue_bytes) noexcept : queue_(queue_bytes) {}

  /// Queues a record and wakes whoever waits or listens. Callable on any thread.
  void deliver(const ReceiveRecord& record, std::span<const std::byte> data) noexcept;

  /// Moves whole records into `into`. @returns bytes written; EMSGSIZE when the first record is larger.
  [[nodiscard]] CallResult<std::size_t> take(std::span<std::byte> into) noexcept;

  /// Like take, but waits for a record until the time is over (0 bytes then).
  [[nodiscard]] CallResult<std::size_t> take_waiting(std::span<std::byte> into,
                                                     std::chrono::nanoseconds timeout) noexcept;

  /// Calls `on_readable` for each record from now on, on the thread that delivers it, and at once for those that wait.
  void listen(std::function<void()> on_readable);

  /// `on_readable` is neither running nor called once this returns.
  void stop_listening() noexcept;

  [[nodiscard]] bool is_listened_to() const noexcept;
  [[nodiscard]] const RecordQueue& queue() const noexcept { return queue_; }

 private:
  RecordQueue queue_;
  mutable std::mutex mutex_;
  std::condition_variable delivered_;
  /// Called with the lock held, so that it cannot be running once it was taken away.
  std::function<void()> on_readable_;
};

}  // namespace netdiag
