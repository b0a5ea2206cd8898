#include "core/record_inbox.h"

#include <algorithm>
#include <cerrno>
#include <utility>

namespace netdiag {

void RecordInbox::deliver(const ReceiveRecord& record, std::span<const std::byte> data) noexcept {
  queue_.push(record, data);
  const std::lock_guard lock(mutex_);
  if (on_readable_) {
    on_readable_();
  }
  delivered_.notify_all();
}

CallResult<std::size_t> RecordInbox::take(std::span<std::byte> into) noexcept {
  if (const std::optional<std::size_t> written = queue_.take(into)) {
    return {*written, {}};
  }
  return {0, call_error(EMSGSIZE, "drain")};
}

CallResult<std::size_t> RecordInbox::take_waiting(std::span<std::byte> into,
                                                  std::chrono::nanoseconds timeout) noexcept {
  // More than a day is more than anybody waits, and no sum overflows.
  const auto until = std::chrono::steady_clock::now() + std::min<std::chrono::nanoseconds>(timeout, std::chrono::hours(24));
  std::unique_lock lock(mutex_);
  delivered_.wait_until(lock, until, [this] { return queue_.waiting_bytes() > 0; });
  return take(into);
}

void RecordInbox::listen(std::function<void()> on_readable) {
  const std::lock_guard lock(mutex_);
  on_readable_ = std::move(on_readable);
  if (queue_.waiting_bytes() > 0) {
    on_readable_();
  }
}

void RecordInbox::stop_listening() noexcept {
  const std::lock_guard lock(mutex_);
  on_readable_ = nullptr;
}

bool RecordInbox::is_listened_to() const noexcept {
  const std::lock_guard lock(mutex_);
  return static_cast<bool>(on_readable_);
}

}  // namespace netdiag
