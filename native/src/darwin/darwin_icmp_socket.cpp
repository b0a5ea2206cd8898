#include "darwin/darwin_icmp_socket.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace netdiag {
namespace {

using Clock = std::chrono::steady_clock;

/// Messages read of one socket in a turn, so that a busy one cannot starve the others.
constexpr int kMessagesPerTurn = 1'024;
/// Messages read at once for somebody who asks himself.
constexpr int kMessagesOfDrain = 64;

/// Waits until the socket has data, at most a day; a signal may end the wait early, and the caller asks again.
void wait_readable(int fd, std::chrono::nanoseconds longest) noexcept {
  const auto bounded = std::clamp<std::chrono::nanoseconds>(longest, std::chrono::nanoseconds::zero(), std::chrono::hours(24));
  // Rounded up: a wait that ends early would be asked for again and again.
  const auto wait = std::chrono::ceil<std::chrono::milliseconds>(bounded);
  pollfd watched{.fd = fd, .events = POLLIN, .revents = 0};
  ::poll(&watched, 1, static_cast<int>(wait.count()));
}

}  // namespace

DarwinIcmpSocket::DarwinIcmpSocket(OpenedSocket opened, const SocketOptions& options)
    : fd_(std::move(opened.fd)),
      properties_(std::move(opened.properties)),
      queue_(options.queue_bytes),
      reader_(fd_.get(), options.family, properties_.identifier, queue_),
      sender_(fd_.get(), options.family, properties_.identifier) {}

DarwinIcmpSocket::~DarwinIcmpSocket() {
  stop_receiving();
}

CallResult<std::size_t> DarwinIcmpSocket::send(std::span<std::byte> batch, std::size_t count) noexcept {
  const CallResult<BatchSender::Outcome> result = sender_.send(batch, count);
  sent_ += result.value.sent;
  send_errors_ += result.value.failed;
  return {result.value.sent, result.error};
}

CallResult<std::size_t> DarwinIcmpSocket::drain(std::span<std::byte> into) noexcept {
  if (!loop_ && queue_.waiting_bytes() == 0) {
    reader_.read_available(kMessagesOfDrain);
  }
  return take(into);
}

CallResult<std::size_t> DarwinIcmpSocket::drain_blocking(std::span<std::byte> into,
                                                         std::chrono::nanoseconds timeout) noexcept {
  if (loop_) {
    return {0, call_error(EBUSY, "drainBlocking")};
  }
  const Clock::time_point start = Clock::now();
  for (;;) {
    const CallResult<std::size_t> taken = drain(into);
    const std::chrono::nanoseconds passed = Clock::now() - start;
    if (taken.value > 0 || taken.error || passed >= timeout) {
      return taken;
    }
    wait_readable(fd_.get(), timeout - passed);
  }
}

CallError DarwinIcmpSocket::start_receiving(std::function<void()> on_readable) {
  if (loop_) {
    return call_error(EBUSY, "startReceiving");
  }
  try {
    std::shared_ptr<ReceiveLoop> loop = ReceiveLoop::shared();
    on_readable_ = std::move(on_readable);
    if (const std::error_code error = loop->add(*this)) {
      return {error, "kevent"};
    }
    loop_ = std::move(loop);
  } catch (const std::system_error& error) {
    return {error.code(), "startReceiving"};
  }
  if (queue_.waiting_bytes() > 0) {
    on_readable_();
  }
  return {};
}

void DarwinIcmpSocket::stop_receiving() noexcept {
  if (loop_) {
    loop_->remove(*this);
    loop_.reset();
    on_readable_ = nullptr;
  }
}

CallError DarwinIcmpSocket::set_broadcast(bool enabled) noexcept {
  const int value = enabled ? 1 : 0;
  if (::setsockopt(fd_.get(), SOL_SOCKET, SO_BROADCAST, &value, sizeof value) != 0) {
    return call_error(errno, "setsockopt(SO_BROADCAST)");
  }
  return {};
}

CallResult<bool> DarwinIcmpSocket::broadcast() const noexcept {
  int value = 0;
  socklen_t length = sizeof value;
  if (::getsockopt(fd_.get(), SOL_SOCKET, SO_BROADCAST, &value, &length) != 0) {
    return {false, call_error(errno, "getsockopt(SO_BROADCAST)")};
  }
  return {value != 0, {}};
}

/// What the kernel dropped for want of room is not counted for a single socket.
SocketCounters DarwinIcmpSocket::counters() const noexcept {
  SocketCounters counters;
  counters.queue_drops = queue_.dropped();
  counters.received = queue_.pushed();
  counters.sent = sent_;
  counters.send_errors = send_errors_;
  return counters;
}

bool DarwinIcmpSocket::read_available() noexcept {
  const SocketRead read = reader_.read_available(kMessagesPerTurn);
  if (read.queued) {
    on_readable_();
  }
  return read.more;
}

CallResult<std::size_t> DarwinIcmpSocket::take(std::span<std::byte> into) noexcept {
  if (const std::optional<std::size_t> written = queue_.take(into)) {
    return {*written, {}};
  }
  return {0, call_error(EMSGSIZE, "drain")};
}

std::unique_ptr<IcmpSocket> open_icmp_socket(const SocketOptions& options) {
  return std::make_unique<DarwinIcmpSocket>(open_configured_socket(options), options);
}

}  // namespace netdiag
