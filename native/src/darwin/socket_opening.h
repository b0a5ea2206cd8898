#pragma once

#include "core/socket_options.h"
#include "posix/file_descriptor.h"

namespace netdiag {

/// Hop limit of every socket from its opening on (the usual one of hosts, RFC 1700).
constexpr int kUsualHopLimit = 64;

/// A socket that is open, configured and bound.
struct OpenedSocket {
  FileDescriptor fd;
  SocketProperties properties;
};

/// Opens, configures and binds an ICMP datagram socket.
/// @throws OpenError naming the call that failed; EPROTONOSUPPORT for another kind, ENOTSUP of "setsockopt" for IPv6
/// packets that must not be fragmented, which macOS does not offer on such sockets.
[[nodiscard]] OpenedSocket open_configured_socket(const SocketOptions& options);

}  // namespace netdiag
