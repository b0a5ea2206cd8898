// What a program without our cure for the trap of the first packets sees: opens an unprivileged ICMP socket, asks for
// stamps, pings 127.0.0.1 at once, reads 20 ms later, and prints as JSON for each of four packets how many ms after its
// sending its answer was stamped. Exits with the errno of what failed.

#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <ctime>

namespace {

constexpr int kPackets = 4;
constexpr timespec kReadLater{.tv_sec = 0, .tv_nsec = 20'000'000};

/// The stamp of the message that waits on the socket; nothing there, no stamp: 0.
timespec read_stamp(int fd) {
  std::array<std::byte, 256> data{};
  alignas(cmsghdr) std::array<std::byte, 256> control{};
  iovec piece{.iov_base = data.data(), .iov_len = data.size()};
  msghdr header{};
  header.msg_iov = &piece;
  header.msg_iovlen = 1;
  header.msg_control = control.data();
  header.msg_controllen = control.size();
  timespec stamp{};
  if (::recvmsg(fd, &header, MSG_DONTWAIT) < 0) {
    return stamp;
  }
  for (cmsghdr* each = CMSG_FIRSTHDR(&header); each != nullptr; each = CMSG_NXTHDR(&header, each)) {
    if (each->cmsg_level == SOL_SOCKET && each->cmsg_type == SCM_TIMESTAMPNS) {
      std::memcpy(&stamp, CMSG_DATA(each), sizeof stamp);
    }
  }
  return stamp;
}

}  // namespace

int main() {
  const int fd = ::socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP);
  const int on = 1;
  if (fd < 0 || ::setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on) != 0) {
    return errno;
  }
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (int sequence = 0; sequence < kPackets; ++sequence) {
    icmphdr request{};
    request.type = ICMP_ECHO;
    request.un.echo.sequence = htons(static_cast<std::uint16_t>(sequence));
    timespec sent{};
    ::clock_gettime(CLOCK_REALTIME, &sent);
    if (::sendto(fd, &request, sizeof request, 0, reinterpret_cast<const sockaddr*>(&to), sizeof to) < 0) {
      return errno;
    }
    ::nanosleep(&kReadLater, nullptr);
    const timespec stamp = read_stamp(fd);
    if (stamp.tv_sec == 0) {
      return ENOMSG;
    }
    const double late = static_cast<double>(stamp.tv_sec - sent.tv_sec) * 1e3 +
                        static_cast<double>(stamp.tv_nsec - sent.tv_nsec) / 1e6;
    std::printf("%s%.6f", sequence == 0 ? "[" : ",", late);
  }
  std::printf("]\n");
  return 0;
}
