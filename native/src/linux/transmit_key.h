#pragma once

namespace netdiag {

/// SCM_TS_OPT_ID (asm-generic/socket.h of Linux 6.13): a u32 that the packet's transmit stamp will carry. Named here
/// because the headers of older systems do not have it, while the kernel that runs may.
inline constexpr int kTransmitKeyControl = 81;

}  // namespace netdiag
