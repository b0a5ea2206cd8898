#include "linux/message_batch.h"

#include <cerrno>

namespace netdiag {
namespace {

/// No ICMP message is longer: an IPv4 packet with its header has at most 65,535 bytes, so has an ICMPv6 message.
constexpr std::size_t kSlotBytes = 65'536;
/// Slots start at different offsets of their pages; all at the same one would share a few cache sets.
constexpr std::size_t kSlotStride = kSlotBytes + 320;

}  // namespace

// Left uninitialised: only the pages that datagrams really reach become memory.
MessageBatch::MessageBatch() : bytes_(std::make_unique_for_overwrite<std::byte[]>(kSlots * kSlotStride)) {
  for (std::size_t slot = 0; slot < kSlots; ++slot) {
    pieces_[slot] = {.iov_base = &bytes_[slot * kSlotStride], .iov_len = kSlotBytes};
    msghdr& header = messages_[slot].msg_hdr;
    header.msg_name = &names_[slot].storage;
    header.msg_iov = &pieces_[slot];
    header.msg_iovlen = 1;
    header.msg_control = controls_[slot].bytes.data();
    header.msg_namelen = sizeof(sockaddr_storage);
    header.msg_controllen = kControlBytes;
  }
}

int MessageBatch::receive(int fd, int flags) noexcept {
  for (std::size_t slot = 0; slot < filled_; ++slot) {
    messages_[slot].msg_hdr.msg_namelen = sizeof(sockaddr_storage);
    messages_[slot].msg_hdr.msg_controllen = kControlBytes;
  }
  filled_ = 0;
  int count = -1;
  int error = 0;
  do {
    count = ::recvmmsg(fd, messages_.data(), kSlots, flags | MSG_DONTWAIT, nullptr);
    error = errno;
  } while (count < 0 && error == EINTR);
  if (count < 0) {
    return -error;
  }
  filled_ = static_cast<std::size_t>(count);
  for (std::size_t slot = 0; slot < filled_; ++slot) {
    names_[slot].length = messages_[slot].msg_hdr.msg_namelen;
    if (names_[slot].length == 0) {
      names_[slot].storage.ss_family = AF_UNSPEC;
    }
  }
  return count;
}

std::span<const std::byte> MessageBatch::data(std::size_t slot) const noexcept {
  return {static_cast<const std::byte*>(pieces_[slot].iov_base), messages_[slot].msg_len};
}

ReadScratch& this_thread_read_scratch() {
  thread_local const std::unique_ptr<ReadScratch> scratch = std::make_unique<ReadScratch>();
  return *scratch;
}

}  // namespace netdiag
