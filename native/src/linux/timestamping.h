#pragma once

namespace netdiag {

/// What the kernel's packet stamps can do here.
struct StampAbilities {
  /// A packet is stamped when it arrives, not when it is read.
  bool receive = false;
  /// The sender may name the key of each transmit stamp (SCM_TS_OPT_ID, Linux 6.13); else the kernel counts packets.
  bool transmit_key = false;
};

/// Turns packet stamping on for the whole machine, once and for the life of this process, and waits until it works.
///
/// Trap: the kernel switches stamping on later, in a workqueue, when the first socket asks for it. A packet that
/// arrives before that is stamped when it is read, which looks like a longer round trip. So one stamped socket stays
/// open, and the first call tries stamping on loopback until a stamp is older than the reading. Where loopback cannot
/// be used it waits 50 ms instead (no packet was late after that). Callable on any thread.
[[nodiscard]] StampAbilities ensure_stamping();

/// Asks for stamps on a socket.
struct SocketStamps {
  bool receive = false;
  bool transmit = false;
};

/// Asks for receive stamps, and transmit stamps when wanted, on one socket.
/// @returns what the kernel agreed to; it may be less.
[[nodiscard]] SocketStamps enable_stamps(int fd, bool transmit) noexcept;

}  // namespace netdiag
