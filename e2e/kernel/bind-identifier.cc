// Tries to take an identifier over: opens an unprivileged ICMP socket of IPv4 or IPv6 as any program would and binds
// it to the identifier. `bind-identifier 4|6 IDENTIFIER`; exits with 0 or the errno.

#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>

int main(int, char** arguments) {
  const bool is_ipv4 = std::atoi(arguments[1]) == 4;
  const auto identifier = htons(static_cast<std::uint16_t>(std::atoi(arguments[2])));
  const int fd = is_ipv4 ? ::socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP) : ::socket(AF_INET6, SOCK_DGRAM, IPPROTO_ICMPV6);
  sockaddr_in ipv4{};
  ipv4.sin_family = AF_INET;
  ipv4.sin_port = identifier;
  sockaddr_in6 ipv6{};
  ipv6.sin6_family = AF_INET6;
  ipv6.sin6_port = identifier;
  const int failed = is_ipv4 ? ::bind(fd, reinterpret_cast<sockaddr*>(&ipv4), sizeof ipv4)
                             : ::bind(fd, reinterpret_cast<sockaddr*>(&ipv6), sizeof ipv6);
  return failed == 0 ? 0 : errno;
}
