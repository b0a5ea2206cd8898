#include "linux/timestamping.h"

#include <arpa/inet.h>
#include <linux/errqueue.h>
#include <linux/net_tstamp.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <ctime>
#include <mutex>
#include <optional>
#include <thread>

#include "linux/transmit_request.h"
#include "posix/file_descriptor.h"

namespace netdiag {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// Longest search for a stamp in time; the workqueue usually needs well under a millisecond.
constexpr milliseconds kLongestTrial{100};
/// Enough for the workqueue where stamping cannot be tried.
constexpr milliseconds kUntriedWait{50};

bool ask(int fd, int option, int value) noexcept {
  return ::setsockopt(fd, SOL_SOCKET, option, &value, sizeof value) == 0;
}

enum class Trial { kStampedOnArrival, kStampedOnReading, kImpossible };

/// The stamp of the one datagram that waits on a socket.
std::optional<timespec> read_stamp(int fd) noexcept {
  std::array<std::byte, 8> data{};
  alignas(cmsghdr) std::array<std::byte, 128> control{};
  iovec piece{.iov_base = data.data(), .iov_len = data.size()};
  msghdr header{};
  header.msg_iov = &piece;
  header.msg_iovlen = 1;
  header.msg_control = control.data();
  header.msg_controllen = control.size();
  if (::recvmsg(fd, &header, MSG_DONTWAIT) < 0) {
    return std::nullopt;
  }
  for (const cmsghdr* each = CMSG_FIRSTHDR(&header); each != nullptr;
       each = CMSG_NXTHDR(&header, const_cast<cmsghdr*>(each))) {
    if (each->cmsg_level == SOL_SOCKET && each->cmsg_type == SCM_TIMESTAMPNS) {
      timespec stamp{};
      std::memcpy(&stamp, CMSG_DATA(each), sizeof stamp);
      return stamp;
    }
  }
  return std::nullopt;
}

/// Sends a datagram to the socket itself and reads it: loopback delivers within the send.
Trial try_stamping(int fd, const sockaddr_in& self) noexcept {
  const char datagram = 0;
  const auto* const to = reinterpret_cast<const sockaddr*>(&self);
  if (::sendto(fd, &datagram, sizeof datagram, MSG_DONTWAIT, to, sizeof self) < 0) {
    return Trial::kImpossible;
  }
  timespec before{};
  ::clock_gettime(CLOCK_REALTIME, &before);
  const std::optional<timespec> stamp = read_stamp(fd);
  if (!stamp) {
    return Trial::kImpossible;
  }
  const bool older = stamp->tv_sec < before.tv_sec ||
                     (stamp->tv_sec == before.tv_sec && stamp->tv_nsec < before.tv_nsec);
  return older ? Trial::kStampedOnArrival : Trial::kStampedOnReading;
}

void wait_for_stamping(int fd, const sockaddr_in& self, Clock::time_point enabled) {
  while (Clock::now() - enabled < kLongestTrial) {
    switch (try_stamping(fd, self)) {
      case Trial::kStampedOnArrival:
        return;
      case Trial::kStampedOnReading:
        std::this_thread::sleep_for(std::chrono::microseconds(200));
        break;
      case Trial::kImpossible:
        std::this_thread::sleep_until(enabled + kUntriedWait);
        return;
    }
  }
}

/// Whether a control message of this type, a u32 about a transmit stamp, is accepted beside a packet. The kernel
/// refuses one it does not know (EINVAL) before it looks for a route, so any other outcome means yes.
bool accepts_control(int type, std::uint32_t value, const sockaddr_in& somewhere) {
  const FileDescriptor fd(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!fd || enable_stamps(fd.get(), StampedPackets::kAll).transmit != StampedPackets::kAll) {
    return false;
  }
  char datagram = 0;
  iovec piece{.iov_base = &datagram, .iov_len = sizeof datagram};
  alignas(cmsghdr) std::array<std::byte, CMSG_SPACE(sizeof(std::uint32_t))> control{};
  sockaddr_in to = somewhere;
  msghdr header{};
  header.msg_name = &to;
  header.msg_namelen = sizeof to;
  header.msg_iov = &piece;
  header.msg_iovlen = 1;
  header.msg_control = control.data();
  header.msg_controllen = control.size();
  cmsghdr* const first = CMSG_FIRSTHDR(&header);
  first->cmsg_level = SOL_SOCKET;
  first->cmsg_type = type;
  first->cmsg_len = CMSG_LEN(sizeof value);
  std::memcpy(CMSG_DATA(first), &value, sizeof value);
  return ::sendmsg(fd.get(), &header, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0 || errno != EINVAL;
}

/// The stamped socket that keeps stamping on, bound to loopback so that it can be tried; it is never read otherwise.
struct StampKeeper {
  FileDescriptor fd;
  StampAbilities abilities;
};

std::optional<StampKeeper> make_keeper() {
  StampKeeper keeper{FileDescriptor(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)), {}};
  if (!keeper.fd) {
    return std::nullopt;
  }
  keeper.abilities.receive = ask(keeper.fd.get(), SO_TIMESTAMPNS, 1);
  const Clock::time_point enabled = Clock::now();
  sockaddr_in self{};
  self.sin_family = AF_INET;
  self.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof self;
  ::bind(keeper.fd.get(), reinterpret_cast<const sockaddr*>(&self), sizeof self);
  ::getsockname(keeper.fd.get(), reinterpret_cast<sockaddr*>(&self), &length);
  if (keeper.abilities.receive) {
    wait_for_stamping(keeper.fd.get(), self, enabled);
  }
  // The discard port: what loopback has nobody for is refused there.
  sockaddr_in discard = self;
  discard.sin_port = htons(9);
  keeper.abilities.transmit_key = accepts_control(kTransmitKeyControl, 0, discard);
  keeper.abilities.single_transmit = accepts_control(SO_TIMESTAMPING, kTransmitRequest, discard);
  return keeper;
}

}  // namespace

StampAbilities ensure_stamping() {
  static std::mutex mutex;
  static std::optional<StampKeeper> keeper;
  const std::lock_guard lock(mutex);
  if (!keeper) {
    keeper = make_keeper();
  }
  return keeper ? keeper->abilities : StampAbilities{};
}

SocketStamps enable_stamps(int fd, StampedPackets transmit) noexcept {
  constexpr int kReceive = SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE;
  constexpr int kForm = SOF_TIMESTAMPING_OPT_ID | SOF_TIMESTAMPING_OPT_TSONLY | SOF_TIMESTAMPING_OPT_CMSG;
  const int request = transmit == StampedPackets::kAll ? static_cast<int>(kTransmitRequest) : 0;
  if (transmit != StampedPackets::kNone && ask(fd, SO_TIMESTAMPING, kReceive | kForm | request)) {
    return {.receive = true, .transmit = transmit};
  }
  return {.receive = ask(fd, SO_TIMESTAMPNS, 1), .transmit = StampedPackets::kNone};
}

}  // namespace netdiag
