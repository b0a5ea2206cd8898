#include "linux/batch_sender.h"
#include "linux/socket_opening.h"

#include <linux/filter.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>

#include "core/platform.h"
#include "linux/packet_filter.h"
#include "linux/timestamping.h"
#include "posix/numeric_address.h"

namespace netdiag {
namespace {

/// From linux/in.h and linux/in6.h, which cannot stand beside <netinet/in.h>. Absent before Linux 5.9.
constexpr int kIpRecverrRfc4884 = 26;
constexpr int kIpv6RecverrRfc4884 = 31;

[[noreturn]] void fail(int error_number, const char* syscall) {
  throw OpenError(call_error(error_number, syscall));
}

bool try_option(int fd, int level, int option, int value) noexcept {
  return ::setsockopt(fd, level, option, &value, sizeof value) == 0;
}

void set_option(int fd, int level, int option, int value, const char* syscall) {
  if (::setsockopt(fd, level, option, &value, sizeof value) != 0) {
    fail(errno, syscall);
  }
}

FileDescriptor open_socket(const SocketOptions& options) {
  const bool is_ipv4 = options.family == AddressFamily::kIpv4;
  const int type = options.kind == SocketKind::kRaw ? SOCK_RAW : SOCK_DGRAM;
  const int fd = ::socket(is_ipv4 ? AF_INET : AF_INET6, type | SOCK_CLOEXEC | SOCK_NONBLOCK,
                          is_ipv4 ? static_cast<int>(IPPROTO_ICMP) : static_cast<int>(IPPROTO_ICMPV6));
  if (fd < 0) {
    fail(errno, "socket");
  }
  return FileDescriptor(fd);
}

void bind_to_interface(int fd, const std::string& name) {
  constexpr const char* kCall = "setsockopt(SO_BINDTODEVICE)";
  // The kernel cuts a longer name off and might find another interface.
  if (name.empty() || name.size() >= IF_NAMESIZE) {
    fail(ENODEV, kCall);
  }
  if (::setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, name.c_str(), static_cast<socklen_t>(name.size() + 1)) != 0) {
    fail(errno, kCall);
  }
}

/// Gives a link-local address without a zone the zone of the socket's interface: raw sockets do that by themselves,
/// ping sockets refuse it.
void complete_zone(SocketAddress& address, const std::string& interface_name) {
  auto* const ipv6 = reinterpret_cast<sockaddr_in6*>(&address.storage);
  if (address.storage.ss_family == AF_INET6 && IN6_IS_ADDR_LINKLOCAL(&ipv6->sin6_addr) && ipv6->sin6_scope_id == 0) {
    ipv6->sin6_scope_id = interface_index(interface_name);
  }
}

/// Binds a dgram socket always, so that its identifier exists at once.
void bind_to_address(int fd, const SocketOptions& options) {
  if (!options.address && options.kind == SocketKind::kRaw) {
    return;
  }
  std::optional<SocketAddress> address = options.address ? parse_numeric_address(options.family, *options.address)
                                                         : std::optional(any_address(options.family));
  if (!address) {
    fail(EADDRNOTAVAIL, "bind");
  }
  if (options.interface_name) {
    complete_zone(*address, *options.interface_name);
  }
  if (::bind(fd, address->get(), address->length) != 0) {
    fail(errno, "bind");
  }
}

/// Trap: ping sockets have SO_REUSEADDR on from birth, so that another process can bind the same identifier and take
/// over all replies. Off before the binding, nobody ever can.
void keep_identifier(int fd) {
  set_option(fd, SOL_SOCKET, SO_REUSEADDR, 0, "setsockopt(SO_REUSEADDR)");
}

void set_usual_hop_limit(int fd, AddressFamily family) {
  if (family == AddressFamily::kIpv4) {
    set_option(fd, IPPROTO_IP, IP_TTL, kUsualHopLimit, "setsockopt(IP_TTL)");
  } else {
    set_option(fd, IPPROTO_IPV6, IPV6_UNICAST_HOPS, kUsualHopLimit, "setsockopt(IPV6_UNICAST_HOPS)");
  }
}

void set_dont_fragment(int fd, const SocketOptions& options) {
  if (options.dont_fragment == DontFragment::kDefault) {
    return;
  }
  const bool set = options.dont_fragment == DontFragment::kSet;
  if (options.family == AddressFamily::kIpv4) {
    set_option(fd, IPPROTO_IP, IP_MTU_DISCOVER, set ? IP_PMTUDISC_PROBE : IP_PMTUDISC_DONT,
               "setsockopt(IP_MTU_DISCOVER)");
  } else {
    set_option(fd, IPPROTO_IPV6, IPV6_MTU_DISCOVER, set ? IPV6_PMTUDISC_PROBE : IPV6_PMTUDISC_DONT,
               "setsockopt(IPV6_MTU_DISCOVER)");
  }
}

/// Errors on the error queue. On raw sockets too: without it IPv4 hides a full device queue (ENOBUFS).
void ask_for_errors(int fd, AddressFamily family) {
  if (family == AddressFamily::kIpv4) {
    set_option(fd, IPPROTO_IP, IP_RECVERR, 1, "setsockopt(IP_RECVERR)");
    try_option(fd, IPPROTO_IP, kIpRecverrRfc4884, 1);
  } else {
    set_option(fd, IPPROTO_IPV6, IPV6_RECVERR, 1, "setsockopt(IPV6_RECVERR)");
    try_option(fd, IPPROTO_IPV6, kIpv6RecverrRfc4884, 1);
  }
}

/// What to tell beside each message. A record says by its flags what came, so a refusal here is no failure.
void ask_for_ancillary_data(int fd, AddressFamily family) {
  if (family == AddressFamily::kIpv4) {
    try_option(fd, IPPROTO_IP, IP_RECVTTL, 1);
    try_option(fd, IPPROTO_IP, IP_RECVTOS, 1);
    try_option(fd, IPPROTO_IP, IP_PKTINFO, 1);
  } else {
    try_option(fd, IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1);
    try_option(fd, IPPROTO_IPV6, IPV6_RECVTCLASS, 1);
    try_option(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
  }
}

/// Asks for the buffer, beyond the system's limit where we may.
/// @returns what the kernel granted.
int size_receive_buffer(int fd, int bytes) {
  if (!try_option(fd, SOL_SOCKET, SO_RCVBUFFORCE, bytes)) {
    set_option(fd, SOL_SOCKET, SO_RCVBUF, bytes, "setsockopt(SO_RCVBUF)");
  }
  int granted = 0;
  socklen_t length = sizeof granted;
  if (::getsockopt(fd, SOL_SOCKET, SO_RCVBUF, &granted, &length) != 0) {
    fail(errno, "getsockopt(SO_RCVBUF)");
  }
  return granted;
}

SocketAddress local_address(int fd) {
  SocketAddress address;
  address.length = sizeof address.storage;
  if (::getsockname(fd, address.get(), &address.length) != 0) {
    fail(errno, "getsockname");
  }
  return address;
}

std::uint16_t port_of(const SocketAddress& address) noexcept {
  const void* const storage = &address.storage;
  return address.storage.ss_family == AF_INET ? ntohs(static_cast<const sockaddr_in*>(storage)->sin_port)
                                              : ntohs(static_cast<const sockaddr_in6*>(storage)->sin6_port);
}

}  // namespace

OpenedSocket open_configured_socket(const SocketOptions& options) {
  if (options.kind == SocketKind::kEchoApi) {
    fail(EPROTONOSUPPORT, "socket");
  }
  const bool is_raw = options.kind == SocketKind::kRaw;
  if (options.only_identifier && !is_raw) {
    fail(EINVAL, "setsockopt(SO_ATTACH_FILTER)");
  }
  OpenedSocket opened{.fd = open_socket(options), .properties = {}};
  const int fd = opened.fd.get();
  opened.properties.fd = fd;
  opened.properties.receive_buffer_bytes = size_receive_buffer(fd, options.receive_buffer_bytes);
  // Before the address: a link-local one without a zone belongs to the interface.
  if (options.interface_name) {
    bind_to_interface(fd, *options.interface_name);
  }
  if (!is_raw) {
    keep_identifier(fd);
  }
  bind_to_address(fd, options);
  set_usual_hop_limit(fd, options.family);
  set_dont_fragment(fd, options);
  ask_for_errors(fd, options.family);
  ask_for_ancillary_data(fd, options.family);
  const StampAbilities abilities = ensure_stamping();
  const StampedPackets stampable = abilities.single_transmit ? StampedPackets::kLone : StampedPackets::kNone;
  const SocketStamps stamps = enable_stamps(fd, options.transmit_timestamps ? StampedPackets::kAll : stampable);
  opened.properties.kernel_receive_timestamps = stamps.receive;
  opened.properties.kernel_transmit_timestamps = stamps.transmit != StampedPackets::kNone;
  opened.stamped_packets = stamps.transmit;
  opened.transmit_keys = abilities.transmit_key ? TransmitKeys::kNamedBySender : TransmitKeys::kCountedByKernel;
  const SocketAddress address = local_address(fd);
  opened.properties.identifier = is_raw ? std::uint16_t{0} : port_of(address);
  if (options.address) {
    opened.properties.local_address = format_address(address);
  }
  if (is_raw) {
    if (const CallError error = filter_raw_socket(fd, options.family, options.only_identifier)) {
      throw OpenError(error);
    }
  }
  return opened;
}

}  // namespace netdiag
