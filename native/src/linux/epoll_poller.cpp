#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

#include "posix/file_descriptor.h"
#include "posix/poller.h"

namespace netdiag {
namespace {

/// Token of the eventfd that interrupts a wait; readables never have it.
constexpr std::uint64_t kInterrupt = 0;
/// Sockets looked at in one turn; the rest stay ready for the next one.
constexpr std::size_t kEventsPerWait = 64;

FileDescriptor owned(int fd, const char* syscall) {
  const int error = errno;
  if (fd < 0) {
    throw std::system_error(error, std::generic_category(), syscall);
  }
  return FileDescriptor(fd);
}

}  // namespace

struct Poller::State {
  FileDescriptor epoll = owned(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1");
  FileDescriptor interruption = owned(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd");
  std::array<std::uint64_t, kEventsPerWait> ready{};
};

Poller::Poller() : state_(std::make_unique<State>()) {
  if (const std::error_code error = add(state_->interruption.get(), kInterrupt)) {
    throw std::system_error(error, "epoll_ctl");
  }
}

Poller::~Poller() = default;

std::error_code Poller::add(int fd, std::uint64_t token) noexcept {
  epoll_event event{};
  // EPOLLERR is always reported; it stays set until the error queue is empty.
  event.events = EPOLLIN;
  event.data.u64 = token;
  if (::epoll_ctl(state_->epoll.get(), EPOLL_CTL_ADD, fd, &event) != 0) {
    return {errno, std::generic_category()};
  }
  return {};
}

void Poller::remove(int fd) noexcept {
  ::epoll_ctl(state_->epoll.get(), EPOLL_CTL_DEL, fd, nullptr);
}

std::span<const std::uint64_t> Poller::wait() noexcept {
  std::array<epoll_event, kEventsPerWait> events{};
  const int count = ::epoll_wait(state_->epoll.get(), events.data(), static_cast<int>(events.size()), -1);
  std::size_t used = 0;
  for (int index = 0; index < count; ++index) {
    const std::uint64_t token = events[static_cast<std::size_t>(index)].data.u64;
    if (token == kInterrupt) {
      eventfd_t ignored = 0;
      ::eventfd_read(state_->interruption.get(), &ignored);
    } else {
      state_->ready[used++] = token;
    }
  }
  return std::span(state_->ready).first(used);
}

void Poller::interrupt() noexcept {
  ::eventfd_write(state_->interruption.get(), 1);
}

void become_receive_thread() noexcept {
  ::pthread_setname_np(::pthread_self(), "netdiag-receive");
  sigset_t all;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace netdiag
