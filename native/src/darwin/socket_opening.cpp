// Names the options of RFC 3542 rather than those of RFC 2292.
#define __APPLE_USE_RFC_3542 1

#include "darwin/socket_opening.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <random>

#include "core/call_result.h"
#include "core/platform.h"
#include "posix/numeric_address.h"

namespace netdiag {
namespace {

[[noreturn]] void fail(int error_number, const char* syscall) {
  throw OpenError(call_error(error_number, syscall));
}

bool try_option(int fd, int level, int option, int value) noexcept {
  return ::setsockopt(fd, level, option, &value, sizeof value) == 0;
}

void set_option(int fd, int level, int option, int value, const char* syscall) {
  if (!try_option(fd, level, option, value)) {
    fail(errno, syscall);
  }
}

FileDescriptor open_socket(AddressFamily family) {
  const bool is_ipv4 = family == AddressFamily::kIpv4;
  const int fd = ::socket(is_ipv4 ? AF_INET : AF_INET6, SOCK_DGRAM,
                          is_ipv4 ? static_cast<int>(IPPROTO_ICMP) : static_cast<int>(IPPROTO_ICMPV6));
  if (fd < 0) {
    fail(errno, "socket");
  }
  FileDescriptor opened(fd);
  if (::fcntl(fd, F_SETFD, FD_CLOEXEC) != 0 || ::fcntl(fd, F_SETFL, O_NONBLOCK) != 0) {
    fail(errno, "fcntl");
  }
  return opened;
}

void bind_to_interface(int fd, AddressFamily family, const std::string& name) {
  const std::uint32_t index = interface_index(name);
  if (index == 0) {
    fail(ENODEV, "setsockopt(IP_BOUND_IF)");
  }
  if (family == AddressFamily::kIpv4) {
    set_option(fd, IPPROTO_IP, IP_BOUND_IF, static_cast<int>(index), "setsockopt(IP_BOUND_IF)");
  } else {
    set_option(fd, IPPROTO_IPV6, IPV6_BOUND_IF, static_cast<int>(index), "setsockopt(IPV6_BOUND_IF)");
  }
}

/// Never connected: the kernel would then keep the errors of routers from the socket.
void bind_to_address(int fd, const SocketOptions& options, SocketProperties& properties) {
  if (!options.address) {
    return;
  }
  const std::optional<SocketAddress> address = parse_numeric_address(options.family, *options.address);
  if (!address) {
    fail(EADDRNOTAVAIL, "bind");
  }
  if (::bind(fd, address->get(), address->length) != 0) {
    fail(errno, "bind");
  }
  properties.local_address = format_address(*address);
}

void set_dont_fragment(int fd, const SocketOptions& options) {
  if (options.dont_fragment == DontFragment::kDefault) {
    return;
  }
  const bool set = options.dont_fragment == DontFragment::kSet;
  if (options.family == AddressFamily::kIpv4) {
    set_option(fd, IPPROTO_IP, IP_DONTFRAG, set ? 1 : 0, "setsockopt(IP_DONTFRAG)");
  } else if (set) {
    fail(ENOTSUP, "setsockopt");
  }
}

/// The kernel's limit (kern.ipc.maxsockbuf) may be lower than what is asked for: then half of it, and so on.
int size_receive_buffer(int fd, int bytes) {
  for (int asked = bytes; asked > 0 && !try_option(fd, SOL_SOCKET, SO_RCVBUF, asked); asked /= 2) {
  }
  int granted = 0;
  socklen_t length = sizeof granted;
  if (::getsockopt(fd, SOL_SOCKET, SO_RCVBUF, &granted, &length) != 0) {
    fail(errno, "getsockopt(SO_RCVBUF)");
  }
  return granted;
}

/// Not 0, which says that a socket has none.
std::uint16_t random_identifier() {
  std::random_device random;
  return static_cast<std::uint16_t>(std::uniform_int_distribution<unsigned>(1, 65'535)(random));
}

}  // namespace

OpenedSocket open_configured_socket(const SocketOptions& options) {
  if (options.kind != SocketKind::kDgram) {
    fail(EPROTONOSUPPORT, "socket");
  }
  if (options.only_identifier) {
    fail(EINVAL, "socket");
  }
  OpenedSocket opened{.fd = open_socket(options.family), .properties = {}};
  const int fd = opened.fd.get();
  opened.properties.fd = fd;
  // The kernel keeps the identifier that a request is sent with. Others may have the same: the sequence and the payload
  // tell whose an answer is.
  opened.properties.identifier = random_identifier();
  opened.properties.receive_buffer_bytes = size_receive_buffer(fd, options.receive_buffer_bytes);
  if (options.interface_name) {
    bind_to_interface(fd, options.family, *options.interface_name);
  }
  bind_to_address(fd, options, opened.properties);
  set_dont_fragment(fd, options);
  opened.properties.kernel_receive_timestamps = try_option(fd, SOL_SOCKET, SO_TIMESTAMP_MONOTONIC, 1);
  if (options.family == AddressFamily::kIpv4) {
    set_option(fd, IPPROTO_IP, IP_TTL, kUsualHopLimit, "setsockopt(IP_TTL)");
  } else {
    set_option(fd, IPPROTO_IPV6, IPV6_UNICAST_HOPS, kUsualHopLimit, "setsockopt(IPV6_UNICAST_HOPS)");
    try_option(fd, IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1);
    try_option(fd, IPPROTO_IPV6, IPV6_RECVTCLASS, 1);
    try_option(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
  }
  return opened;
}

}  // namespace netdiag
