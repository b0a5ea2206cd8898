// Preloaded into a process, makes the trap of the first packets there, whatever goes on elsewhere on the machine.
//
// The kernel stamps arriving packets only while some socket wants stamps, and there is one switch for the whole machine:
// net_enable_timestamp() in net/core/dev.c turns it on in a workqueue. A packet that arrives before that is done has no
// stamp, and __sock_recv_timestamp() in net/socket.c gives it the time of its reading instead. Where another program (a
// time service, a capture) has wanted stamps all along the switch is on, and nobody can turn it off to see the trap.
// This library leaves the switch alone and gives the same answers as the kernel with a slow workqueue: for a while after
// the process has first asked for stamps, what arrives is stamped when it is read.

#include <dlfcn.h>
#include <sys/socket.h>

#include <atomic>
#include <cstdint>
#include <cstring>
#include <ctime>

namespace {

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;
/// How long the switch takes: longer than it does in the kernel, and far less than the cure waits for it.
constexpr std::int64_t kSwitchingTime = 30'000'000;

/// When stamps were first asked for; 0 before that. Realtime, as the stamps are.
std::atomic<std::int64_t> asked_at{0};

std::int64_t to_nanoseconds(const timespec& time) { return time.tv_sec * kNanosecondsPerSecond + time.tv_nsec; }

timespec now() {
  timespec time{};
  ::clock_gettime(CLOCK_REALTIME, &time);
  return time;
}

template <typename Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

/// Both kinds of stamp begin with the software stamp.
void stamp_on_reading(msghdr& message, int flags) {
  const std::int64_t asked = asked_at.load();
  if (asked == 0 || (flags & MSG_ERRQUEUE) != 0 || message.msg_control == nullptr) {
    return;
  }
  for (cmsghdr* each = CMSG_FIRSTHDR(&message); each != nullptr; each = CMSG_NXTHDR(&message, each)) {
    if (each->cmsg_level != SOL_SOCKET || (each->cmsg_type != SCM_TIMESTAMPNS && each->cmsg_type != SCM_TIMESTAMPING)) {
      continue;
    }
    timespec stamp{};
    std::memcpy(&stamp, CMSG_DATA(each), sizeof stamp);
    if (stamp.tv_sec != 0 && to_nanoseconds(stamp) < asked + kSwitchingTime) {
      stamp = now();
      std::memcpy(CMSG_DATA(each), &stamp, sizeof stamp);
    }
  }
}

}  // namespace

extern "C" {

int setsockopt(int fd, int level, int name, const void* value, socklen_t length) noexcept {
  static const auto real = next<int (*)(int, int, int, const void*, socklen_t)>("setsockopt");
  const int outcome = real(fd, level, name, value, length);
  if (outcome == 0 && level == SOL_SOCKET && (name == SO_TIMESTAMPNS || name == SO_TIMESTAMPING)) {
    std::int64_t never = 0;
    asked_at.compare_exchange_strong(never, to_nanoseconds(now()));
  }
  return outcome;
}

ssize_t recvmsg(int fd, msghdr* message, int flags) {
  static const auto real = next<ssize_t (*)(int, msghdr*, int)>("recvmsg");
  const ssize_t bytes = real(fd, message, flags);
  if (bytes >= 0) {
    stamp_on_reading(*message, flags);
  }
  return bytes;
}

int recvmmsg(int fd, mmsghdr* messages, unsigned count, int flags, timespec* timeout) {
  static const auto real = next<int (*)(int, mmsghdr*, unsigned, int, timespec*)>("recvmmsg");
  const int received = real(fd, messages, count, flags, timeout);
  for (int slot = 0; slot < received; ++slot) {
    stamp_on_reading(messages[slot].msg_hdr, flags);
  }
  return received;
}

}  // extern "C"
