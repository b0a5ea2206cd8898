#pragma once

#include <sys/socket.h>
#include <sys/uio.h>

#include <array>
#include <cstddef>
#include <memory>
#include <span>

#include "posix/numeric_address.h"

namespace netdiag {

/// Room for one recvmmsg: 64 datagrams of any size with their senders and ancillary data. Used by one thread at a time.
class MessageBatch {
 public:
  static constexpr std::size_t kSlots = 64;

  MessageBatch();

  /// One recvmmsg that never blocks; `flags` as for recvmsg.
  /// @returns the messages received, or the negated errno.
  [[nodiscard]] int receive(int fd, int flags) noexcept;

  /// Header of a message of the last receive, its ancillary data included.
  [[nodiscard]] msghdr& header(std::size_t slot) noexcept { return messages_[slot].msg_hdr; }
  /// Data of a message of the last receive.
  [[nodiscard]] std::span<const std::byte> data(std::size_t slot) const noexcept;
  /// The sender's address of a message of the last receive.
  [[nodiscard]] const sockaddr* name(std::size_t slot) const noexcept { return names_[slot].get(); }

 private:
  /// Enough for a stamp, hop limit, traffic class, packet info and an extended error with its offender (300 bytes).
  static constexpr std::size_t kControlBytes = 512;
  struct Control {
    alignas(cmsghdr) std::array<std::byte, kControlBytes> bytes;
  };

  std::unique_ptr<std::byte[]> bytes_;
  std::array<mmsghdr, kSlots> messages_{};
  std::array<iovec, kSlots> pieces_{};
  std::array<SocketAddress, kSlots> names_{};
  std::array<Control, kSlots> controls_{};
  /// Slots whose lengths the last receive overwrote.
  std::size_t filled_ = 0;
};

/// What one thread needs to read a socket: data and error queue are read apart and queued in a fixed order.
struct ReadScratch {
  MessageBatch data;
  MessageBatch errors;
};

/// The calling thread's own scratch, made at its first use.
[[nodiscard]] ReadScratch& this_thread_read_scratch();

}  // namespace netdiag
