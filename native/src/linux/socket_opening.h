#pragma once

#include "core/socket_options.h"
#include "linux/batch_sender.h"
#include "posix/file_descriptor.h"

namespace netdiag {

/// A socket that is open, configured and bound.
struct OpenedSocket {
  FileDescriptor fd;
  SocketProperties properties;
  StampedPackets stamped_packets = StampedPackets::kNone;
  TransmitKeys transmit_keys = TransmitKeys::kCountedByKernel;
};

/// Opens, configures and binds a socket.
/// @throws OpenError naming the call that failed; an address that is not a numeric one of the family, or names an
/// unknown zone, is EADDRNOTAVAIL of "bind".
[[nodiscard]] OpenedSocket open_configured_socket(const SocketOptions& options);

}  // namespace netdiag
