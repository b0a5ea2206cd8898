#define __APPLE_USE_RFC_3542 1

#include "darwin/socket_reader.h"

#include <mach/mach_time.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <new>

#include "core/clocks.h"
#include "darwin/icmp_message.h"

namespace netdiag {
namespace {

/// No ICMP message is longer, its IPv4 header included.
constexpr std::size_t kLargestMessage = 65'536;
constexpr std::size_t kControlBytes = 256;
/// Errors of earlier packets passed over in one reading; each attempt clears one.
constexpr int kPendingErrors = 8;
constexpr std::int64_t kNanosecondsOfSecond = 1'000'000'000;

template <typename Value>
Value value_of(const cmsghdr& control) noexcept {
  Value value{};
  const std::size_t bytes = control.cmsg_len - CMSG_LEN(0);
  std::memcpy(&value, CMSG_DATA(const_cast<cmsghdr*>(&control)), bytes < sizeof value ? bytes : sizeof value);
  return value;
}

/// Steps of mach_absolute_time to nanoseconds: 125/3 on Apple's own processors, 1 on Intel's.
std::int64_t to_nanoseconds(std::int64_t steps) noexcept {
  static const mach_timebase_info_data_t base = [] {
    mach_timebase_info_data_t told{};
    ::mach_timebase_info(&told);
    return told;
  }();
  return steps * base.numer / base.denom;
}

/// The wall time of an arrival that the kernel told in its monotonic time: so long ago, seen from now.
void set_stamp(ReceiveRecord& record, std::uint64_t arrived, std::uint64_t now) noexcept {
  const std::int64_t age = to_nanoseconds(static_cast<std::int64_t>(now - arrived));
  if (arrived == 0 || age < 0) {
    return;
  }
  const std::int64_t moment =
      std::int64_t{record.read_realtime_seconds} * kNanosecondsOfSecond + record.read_realtime_nanoseconds - age;
  record.realtime_seconds = static_cast<std::uint32_t>(moment / kNanosecondsOfSecond);
  record.realtime_nanoseconds = static_cast<std::uint32_t>(moment % kNanosecondsOfSecond);
  record.flags |= kFlagKernelTimestamp;
}

void read_control(const cmsghdr& control, std::uint64_t now, ReceiveRecord& record) noexcept {
  if (control.cmsg_level == SOL_SOCKET && control.cmsg_type == SCM_TIMESTAMP_MONOTONIC) {
    set_stamp(record, value_of<std::uint64_t>(control), now);
  } else if (control.cmsg_level == IPPROTO_IPV6 && control.cmsg_type == IPV6_HOPLIMIT) {
    record.hop_limit = static_cast<std::uint8_t>(value_of<int>(control));
    record.flags |= kFlagHopLimit;
  } else if (control.cmsg_level == IPPROTO_IPV6 && control.cmsg_type == IPV6_TCLASS) {
    record.traffic_class = static_cast<std::uint8_t>(value_of<int>(control));
    record.flags |= kFlagTrafficClass;
  } else if (control.cmsg_level == IPPROTO_IPV6 && control.cmsg_type == IPV6_PKTINFO) {
    const auto info = value_of<in6_pktinfo>(control);
    record.interface_index = info.ipi6_ifindex;
    std::memcpy(record.local.data(), &info.ipi6_addr, sizeof info.ipi6_addr);
    record.flags |= kFlagLocalAddress;
  }
}

}  // namespace

SocketRead SocketReader::read_available(int messages) noexcept {
  const std::lock_guard lock(mutex_);
  SocketRead read;
  if (buffer_.empty()) {
    try {
      buffer_.resize(kLargestMessage);
    } catch (const std::bad_alloc&) {
      return read;
    }
  }
  int errors = 0;
  for (int message = 0; message < messages;) {
    SocketAddress source;
    alignas(cmsghdr) std::array<std::byte, kControlBytes> control{};
    iovec piece{.iov_base = buffer_.data(), .iov_len = buffer_.size()};
    msghdr header{};
    header.msg_name = &source.storage;
    header.msg_namelen = sizeof source.storage;
    header.msg_iov = &piece;
    header.msg_iovlen = 1;
    header.msg_control = control.data();
    header.msg_controllen = control.size();
    const ssize_t bytes = ::recvmsg(fd_, &header, MSG_DONTWAIT);
    const int error = bytes < 0 ? errno : 0;
    if (error == EAGAIN || (error != 0 && error != EINTR && ++errors >= kPendingErrors)) {
      return read;
    }
    if (error != 0) {
      continue;
    }
    source.length = header.msg_namelen;
    read.queued = queue_message(header, source, {buffer_.data(), static_cast<std::size_t>(bytes)}) || read.queued;
    ++message;
  }
  read.more = true;
  return read;
}

bool SocketReader::queue_message(const msghdr& header, const SocketAddress& source,
                                 std::span<const std::byte> message) noexcept {
  ReceiveRecord record;
  record.kind = RecordKind::kDatagram;
  record.family = static_cast<std::uint8_t>(family_);
  const std::uint64_t now = ::mach_absolute_time();
  const ClockReading read_at = read_clocks();
  record.realtime_seconds = record.read_realtime_seconds = read_at.realtime_seconds;
  record.realtime_nanoseconds = record.read_realtime_nanoseconds = read_at.realtime_nanoseconds;
  record.read_monotonic_ms = read_at.monotonic_ms;
  std::span<const std::byte> icmp = message;
  if (family_ == AddressFamily::kIpv4) {
    const std::optional<Ipv4Packet> packet = strip_ipv4_header(message);
    if (!packet) {
      return false;
    }
    icmp = packet->icmp;
    record.hop_limit = packet->hop_limit;
    record.traffic_class = packet->traffic_class;
    record.local = packet->destination;
    record.flags |= kFlagHopLimit | kFlagTrafficClass | kFlagLocalAddress;
  }
  if (!concerns_identifier(family_, icmp, identifier_)) {
    return false;
  }
  for (const cmsghdr* control = CMSG_FIRSTHDR(&header); control != nullptr;
       control = CMSG_NXTHDR(&header, const_cast<cmsghdr*>(control))) {
    read_control(*control, now, record);
  }
  if ((header.msg_flags & MSG_TRUNC) != 0) {
    record.flags |= kFlagTruncated;
  }
  copy_address(source.get(), record.source, record.scope_id);
  return queue_.push(record, icmp);
}

}  // namespace netdiag
