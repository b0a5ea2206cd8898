#pragma once

#include <cstdint>

namespace netdiag {

/// What the kernel's packet stamps can do here.
struct StampAbilities {
  /// A packet is stamped when it arrives, not when it is read.
  bool receive = false;
  /// The sender may name the key of each transmit stamp (SCM_TS_OPT_ID, Linux 6.13); else the kernel counts packets.
  bool transmit_key = false;
  /// A transmit stamp can be asked for beside a single packet (a control message SO_TIMESTAMPING, Linux 4.6).
  bool single_transmit = false;
};

/// Which packets of a socket get transmit stamps.
enum class StampedPackets : std::uint8_t {
  kNone,
  /// Those that leave alone; the sender asks beside the packet.
  kLone,
  kAll,
};

/// Who numbers the transmit stamps of a socket: the sender, or the kernel, which counts stamped packets from 0.
enum class TransmitKeys : std::uint8_t { kNamedBySender, kCountedByKernel };

/// Turns packet stamping on for the whole machine, once and for the life of this process, and waits until it works.
///
/// Trap: the kernel switches stamping on later, in a workqueue, when the first socket asks for it. A packet that
/// arrives before that is stamped when it is read, which looks like a longer round trip. So one stamped socket stays
/// open, and the first call tries stamping on loopback until a stamp is older than the reading. Where loopback cannot
/// be used it waits 50 ms instead (no packet was late after that). Callable on any thread.
[[nodiscard]] StampAbilities ensure_stamping();

/// The stamps of one socket.
struct SocketStamps {
  bool receive = false;
  StampedPackets transmit = StampedPackets::kNone;
};

/// Asks for receive stamps on one socket, and for transmit stamps or to be allowed to ask for them.
/// @returns what the kernel agreed to; it may be less.
[[nodiscard]] SocketStamps enable_stamps(int fd, StampedPackets transmit) noexcept;

}  // namespace netdiag
