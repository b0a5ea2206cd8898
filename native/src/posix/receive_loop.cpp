#include "posix/receive_loop.h"

#include <algorithm>
#include <chrono>

namespace netdiag {
namespace {

/// Pause after a read, so that heavy traffic wakes JavaScript at most 1,000 times a second while a lone packet goes
/// through at once. The kernel stamps every packet on arrival, so waiting here changes no round trip; and 4 MiB of
/// receive buffer hold several times what one millisecond brings.
constexpr std::chrono::milliseconds kCoalescing{1};

}  // namespace

std::shared_ptr<ReceiveLoop> ReceiveLoop::shared() {
  static std::mutex mutex;
  static std::weak_ptr<ReceiveLoop> running;
  const std::lock_guard lock(mutex);
  std::shared_ptr<ReceiveLoop> loop = running.lock();
  if (!loop) {
    loop = std::make_shared<ReceiveLoop>();
    running = loop;
  }
  return loop;
}

ReceiveLoop::ReceiveLoop() : thread_([this] { run(); }) {}

ReceiveLoop::~ReceiveLoop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  poller_.interrupt();
  thread_.join();
}

std::error_code ReceiveLoop::add(Readable& readable) {
  const std::lock_guard lock(mutex_);
  const std::uint64_t token = next_token_++;
  readables_.emplace(token, &readable);
  const std::error_code error = poller_.add(readable.descriptor(), token);
  if (error) {
    readables_.erase(token);
  }
  return error;
}

void ReceiveLoop::remove(Readable& readable) noexcept {
  std::unique_lock lock(mutex_);
  const auto entry =
      std::find_if(readables_.begin(), readables_.end(), [&](const auto& each) { return each.second == &readable; });
  if (entry == readables_.end()) {
    return;
  }
  poller_.remove(readable.descriptor());
  readables_.erase(entry);
  changed_.wait(lock, [&] { return reading_ != &readable; });
}

void ReceiveLoop::run() noexcept {
  become_receive_thread();
  bool at_once = false;
  for (;;) {
    if (!at_once) {
      std::unique_lock lock(mutex_);
      if (changed_.wait_for(lock, kCoalescing, [this] { return stopping_; })) {
        return;
      }
    }
    at_once = false;
    const std::span<const std::uint64_t> ready = poller_.wait();
    for (const std::uint64_t token : ready) {
      at_once = read_one(token) || at_once;
    }
  }
}

bool ReceiveLoop::read_one(std::uint64_t token) noexcept {
  Readable* readable = nullptr;
  {
    const std::lock_guard lock(mutex_);
    const auto entry = readables_.find(token);
    if (stopping_ || entry == readables_.end()) {
      return false;
    }
    readable = entry->second;
    reading_ = readable;
  }
  const bool more = readable->read_available();
  {
    const std::lock_guard lock(mutex_);
    reading_ = nullptr;
  }
  changed_.notify_all();
  return more;
}

}  // namespace netdiag
