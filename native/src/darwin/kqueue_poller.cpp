#include <pthread.h>
#include <signal.h>
#include <sys/event.h>

#include <array>
#include <cerrno>

#include "posix/file_descriptor.h"
#include "posix/poller.h"

namespace netdiag {
namespace {

/// Sockets told of at once; those beyond are told by the next wait.
constexpr std::size_t kEvents = 64;
/// Identifier of the event that interrupts.
constexpr std::uintptr_t kInterrupt = 0;

}  // namespace

struct Poller::State {
  FileDescriptor kqueue;
  std::array<struct kevent, kEvents> events{};
  std::array<std::uint64_t, kEvents> ready{};
};

Poller::Poller() : state_(std::make_unique<State>()) {
  const int fd = ::kqueue();
  if (fd < 0) {
    throw std::system_error(errno, std::generic_category(), "kqueue");
  }
  state_->kqueue = FileDescriptor(fd);
  struct kevent interrupt {};
  EV_SET(&interrupt, kInterrupt, EVFILT_USER, EV_ADD | EV_CLEAR, 0, 0, nullptr);
  if (::kevent(fd, &interrupt, 1, nullptr, 0, nullptr) != 0) {
    throw std::system_error(errno, std::generic_category(), "kevent");
  }
}

Poller::~Poller() = default;

std::error_code Poller::add(int fd, std::uint64_t token) noexcept {
  struct kevent change {};
  EV_SET(&change, static_cast<std::uintptr_t>(fd), EVFILT_READ, EV_ADD, 0, 0, reinterpret_cast<void*>(token));
  const int done = ::kevent(state_->kqueue.get(), &change, 1, nullptr, 0, nullptr);
  return done == 0 ? std::error_code() : std::error_code(errno, std::generic_category());
}

void Poller::remove(int fd) noexcept {
  struct kevent change {};
  EV_SET(&change, static_cast<std::uintptr_t>(fd), EVFILT_READ, EV_DELETE, 0, 0, nullptr);
  ::kevent(state_->kqueue.get(), &change, 1, nullptr, 0, nullptr);
}

std::span<const std::uint64_t> Poller::wait() noexcept {
  const int count =
      ::kevent(state_->kqueue.get(), nullptr, 0, state_->events.data(), static_cast<int>(kEvents), nullptr);
  std::size_t filled = 0;
  for (int index = 0; index < count; ++index) {
    const struct kevent& event = state_->events[static_cast<std::size_t>(index)];
    if (event.filter == EVFILT_READ) {
      state_->ready[filled++] = reinterpret_cast<std::uint64_t>(event.udata);
    }
  }
  return {state_->ready.data(), filled};
}

void Poller::interrupt() noexcept {
  struct kevent trigger {};
  EV_SET(&trigger, kInterrupt, EVFILT_USER, 0, NOTE_TRIGGER, 0, nullptr);
  ::kevent(state_->kqueue.get(), &trigger, 1, nullptr, 0, nullptr);
}

void become_receive_thread() noexcept {
  ::pthread_setname_np("hopscope-recv");
  sigset_t all{};
  // Without `::`: macOS has macros of these names.
  sigfillset(&all);
  ::pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace netdiag
