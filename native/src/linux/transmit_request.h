#pragma once

#include <linux/net_tstamp.h>

#include <cstdint>

namespace netdiag {

/// SCM_TS_OPT_ID (asm-generic/socket.h of Linux 6.13): a u32 that the packet's transmit stamp will carry. Named here
/// because the headers of older systems do not have it, while the kernel that runs may.
inline constexpr int kTransmitKeyControl = 81;

/// The moment at which a packet is handed to the device; for SO_TIMESTAMPING on a socket or beside a packet.
inline constexpr std::uint32_t kTransmitRequest = SOF_TIMESTAMPING_TX_SOFTWARE;

}  // namespace netdiag
