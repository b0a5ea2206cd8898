// Sends whole IP packets, made by a test, into the network of the calling process.
//
//   inject STEP...     where a step is the packet in hexadecimal, or wait:MILLISECONDS
//
// IPPROTO_RAW sockets take the IP header from the caller, so that source addresses, options, checksums and lengths
// may be anything (raw(7)). IPv4: the kernel fills in the header checksum and the total length.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

constexpr std::string_view wait_prefix = "wait:";

std::vector<std::uint8_t> bytes_of(std::string_view hex) {
  if (hex.size() % 2 != 0) return {};
  std::vector<std::uint8_t> bytes;
  for (std::size_t at = 0; at < hex.size(); at += 2) {
    bytes.push_back(static_cast<std::uint8_t>(std::stoul(std::string(hex.substr(at, 2)), nullptr, 16)));
  }
  return bytes;
}

int raw_socket(int family) {
  const int fd = socket(family, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW);
  if (fd < 0) return -1;
  // A packet to a broadcast address is as welcome as any other.
  const int on = 1;
  if (family == AF_INET) setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &on, sizeof on);
  return fd;
}

bool send_packet(const std::vector<std::uint8_t>& packet) {
  const int version = packet.empty() ? 0 : packet[0] >> 4;
  const int fd = raw_socket(version == 6 ? AF_INET6 : AF_INET);
  if (fd < 0) return false;
  ssize_t sent = -1;
  if (version == 4 && packet.size() >= 20) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    std::memcpy(&to.sin_addr, packet.data() + 16, sizeof to.sin_addr);
    sent = sendto(fd, packet.data(), packet.size(), 0, reinterpret_cast<const sockaddr*>(&to), sizeof to);
  } else if (version == 6 && packet.size() >= 40) {
    sockaddr_in6 to{};
    to.sin6_family = AF_INET6;
    std::memcpy(&to.sin6_addr, packet.data() + 24, sizeof to.sin6_addr);
    sent = sendto(fd, packet.data(), packet.size(), 0, reinterpret_cast<const sockaddr*>(&to), sizeof to);
  } else {
    errno = EINVAL;
  }
  const int error = errno;
  close(fd);
  errno = error;
  return sent == static_cast<ssize_t>(packet.size());
}

}  // namespace

int main(int count, char** words) {
  for (int index = 1; index < count; ++index) {
    const std::string_view step = words[index];
    if (step.starts_with(wait_prefix)) {
      const int milliseconds = std::atoi(step.substr(wait_prefix.size()).data());
      std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    } else if (!send_packet(bytes_of(step))) {
      std::cerr << "step " << index << ": " << std::strerror(errno) << '\n';
      return 1;
    }
  }
  return 0;
}
