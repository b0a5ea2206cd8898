#include "linux/linux_icmp_socket.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>

namespace netdiag {
namespace {

using Clock = std::chrono::steady_clock;

/// Batches the receive thread reads of one socket in a turn, so that a busy one cannot starve the others: 1,024
/// datagrams, about a millisecond.
constexpr int kBatchesPerTurn = 16;

/// SO_MEMINFO and its index of dropped datagrams (linux/sock_diag.h). The cmsg counter SO_RXQ_OVFL never arrives on
/// ping sockets.
constexpr std::size_t kMemInfoDrops = 8;
constexpr std::size_t kMemInfoValues = 9;

std::uint64_t kernel_drops(int fd) noexcept {
  std::array<std::uint32_t, kMemInfoValues> values{};
  socklen_t length = sizeof values;
  const bool known = ::getsockopt(fd, SOL_SOCKET, SO_MEMINFO, values.data(), &length) == 0;
  return known && length == sizeof values ? values[kMemInfoDrops] : 0;
}

/// Waits until the socket has data or errors. A signal may end the wait early.
void wait_readable(int fd, std::chrono::nanoseconds longest) noexcept {
  // More than a day at once is more than anybody waits; the caller asks again.
  const std::chrono::nanoseconds bounded =
      std::clamp(longest, std::chrono::nanoseconds::zero(), std::chrono::nanoseconds(std::chrono::hours(24)));
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(bounded);
  const timespec timeout{.tv_sec = seconds.count(), .tv_nsec = (bounded - seconds).count()};
  pollfd watched{.fd = fd, .events = POLLIN, .revents = 0};
  ::ppoll(&watched, 1, &timeout, nullptr);
}

}  // namespace

LinuxIcmpSocket::LinuxIcmpSocket(OpenedSocket opened, const SocketOptions& options)
    : fd_(std::move(opened.fd)),
      properties_(std::move(opened.properties)),
      queue_(options.queue_bytes),
      reader_(fd_.get(), options.family, options.kind, opened.transmit_keys, queue_),
      sender_(fd_.get(), options.family, opened.stamped_packets, opened.transmit_keys, reader_) {}

LinuxIcmpSocket::~LinuxIcmpSocket() {
  stop_receiving();
}

CallResult<std::size_t> LinuxIcmpSocket::send(std::span<std::byte> batch, std::size_t count) noexcept {
  const CallResult<BatchSender::Outcome> result = sender_.send(batch, count);
  sent_ += result.value.sent;
  send_errors_ += result.value.failed;
  if (result.value.queued && loop_) {
    on_readable_();
  }
  return {result.value.sent, result.error};
}

CallResult<std::size_t> LinuxIcmpSocket::drain(std::span<std::byte> into) noexcept {
  // Only when nothing waits already, and one batch: what is not collected yet stays in the kernel's larger buffer.
  if (!loop_ && queue_.waiting_bytes() == 0) {
    reader_.read_available(1);
  }
  return take(into);
}

CallResult<std::size_t> LinuxIcmpSocket::drain_blocking(std::span<std::byte> into,
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

CallError LinuxIcmpSocket::start_receiving(std::function<void()> on_readable) {
  if (loop_) {
    return call_error(EBUSY, "startReceiving");
  }
  try {
    std::shared_ptr<ReceiveLoop> loop = ReceiveLoop::shared();
    on_readable_ = std::move(on_readable);
    if (const std::error_code error = loop->add(*this)) {
      return {error, "epoll_ctl"};
    }
    loop_ = std::move(loop);
  } catch (const std::system_error& error) {
    return {error.code(), "startReceiving"};
  }
  // What was read before belongs to the same consumer now.
  if (queue_.waiting_bytes() > 0) {
    on_readable_();
  }
  return {};
}

void LinuxIcmpSocket::stop_receiving() noexcept {
  if (loop_) {
    loop_->remove(*this);
    loop_.reset();
    on_readable_ = nullptr;
  }
}

CallError LinuxIcmpSocket::set_broadcast(bool enabled) noexcept {
  const int value = enabled ? 1 : 0;
  if (::setsockopt(fd_.get(), SOL_SOCKET, SO_BROADCAST, &value, sizeof value) != 0) {
    return call_error(errno, "setsockopt(SO_BROADCAST)");
  }
  return {};
}

CallResult<bool> LinuxIcmpSocket::broadcast() const noexcept {
  int value = 0;
  socklen_t length = sizeof value;
  if (::getsockopt(fd_.get(), SOL_SOCKET, SO_BROADCAST, &value, &length) != 0) {
    return {false, call_error(errno, "getsockopt(SO_BROADCAST)")};
  }
  return {value != 0, {}};
}

SocketCounters LinuxIcmpSocket::counters() const noexcept {
  SocketCounters counters;
  counters.kernel_drops = kernel_drops(fd_.get());
  counters.queue_drops = queue_.dropped();
  counters.received = queue_.pushed();
  counters.sent = sent_;
  counters.send_errors = send_errors_;
  return counters;
}

bool LinuxIcmpSocket::read_available() noexcept {
  const SocketRead read = reader_.read_available(kBatchesPerTurn);
  if (read.queued) {
    on_readable_();
  }
  return read.more;
}

CallResult<std::size_t> LinuxIcmpSocket::take(std::span<std::byte> into) noexcept {
  if (const std::optional<std::size_t> written = queue_.take(into)) {
    return {*written, {}};
  }
  return {0, call_error(EMSGSIZE, "drain")};
}

std::unique_ptr<IcmpSocket> open_icmp_socket(const SocketOptions& options) {
  return std::make_unique<LinuxIcmpSocket>(open_configured_socket(options), options);
}

}  // namespace netdiag
