#include "linux/batch_sender.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <mutex>

#include "core/clocks.h"
#include "core/send_batch.h"
#include "linux/transmit_request.h"

namespace netdiag {
namespace {

/// Packets that share a system call and its stamp: the last of eight leaves some 15 µs after the stamp at most.
constexpr std::size_t kGroup = 8;
/// Repetitions of one packet while errors of earlier ones keep coming in; then its errno is reported after all.
constexpr int kLongestRepetition = 64;

/// Errnos that an ICMP error of an earlier packet may leave on the socket (the kernel's icmp_err_convert tables).
constexpr std::array kPendingErrors{EHOSTUNREACH, ENETUNREACH, ECONNREFUSED, ENOPROTOOPT, EMSGSIZE,  EACCES,
                                    EPROTO,       EHOSTDOWN,   ENONET,       EOPNOTSUPP,  EREMOTEIO};

bool may_be_pending(int error) noexcept {
  return std::find(kPendingErrors.begin(), kPendingErrors.end(), error) != kPendingErrors.end();
}

/// Appends control messages to a fixed buffer.
class ControlWriter {
 public:
  void append(int level, int type, const void* value, std::size_t bytes) noexcept {
    auto* const control = reinterpret_cast<cmsghdr*>(bytes_.data() + used_);
    control->cmsg_level = level;
    control->cmsg_type = type;
    control->cmsg_len = CMSG_LEN(bytes);
    std::memcpy(CMSG_DATA(control), value, bytes);
    used_ += CMSG_SPACE(bytes);
  }

  void clear() noexcept { used_ = 0; }
  [[nodiscard]] void* data() noexcept { return bytes_.data(); }
  [[nodiscard]] std::size_t used() const noexcept { return used_; }

 private:
  alignas(cmsghdr) std::array<std::byte, 4 * CMSG_SPACE(sizeof(int))> bytes_{};
  std::size_t used_ = 0;
};

/// Sends the messages in order. @returns how many left; −1 and errno when not even the first did.
int send_messages(int fd, std::span<mmsghdr> messages) noexcept {
  constexpr int kFlags = MSG_DONTWAIT | MSG_NOSIGNAL;
  const msghdr& first = messages.front().msg_hdr;
  // A lone packet without a stamp of the kernel takes the shortest way: the clocks have just been read.
  if (messages.size() == 1 && first.msg_controllen == 0) {
    return ::sendto(fd, first.msg_iov->iov_base, first.msg_iov->iov_len, kFlags,
                    static_cast<const sockaddr*>(first.msg_name), first.msg_namelen) < 0
               ? -1
               : 1;
  }
  return ::sendmmsg(fd, messages.data(), static_cast<unsigned>(messages.size()), kFlags);
}

union Destination {
  sockaddr_in ipv4;
  sockaddr_in6 ipv6;
};

}  // namespace

/// What one system call came to.
struct BatchSender::Attempt {
  int sent = 0;
  int error = 0;
  ClockReading departure;
  /// The kernel's stamp of a lone packet, where it was there at once; else seconds 0.
  TransmitStamp stamp;
};

/// Up to eight packets ready for sendmmsg.
struct BatchSender::Group {
  /// Stamps of the kernel are asked for.
  bool stamped = false;
  /// The whole batch is one packet.
  bool lone = false;
  std::size_t count = 0;
  std::array<std::byte*, kGroup> at{};
  std::array<SendRecord, kGroup> records{};
  std::array<Destination, kGroup> destinations{};
  std::array<ControlWriter, kGroup> controls{};
  std::array<iovec, kGroup> pieces{};
  std::array<mmsghdr, kGroup> messages{};

  /// `key` is the sender's name for the packet's stamp, or 0; `request` asks for the stamp beside this packet, or is 0.
  void add(std::byte* record_at, AddressFamily family, std::uint32_t key, std::uint32_t request) noexcept {
    SendRecord& record = records[count];
    at[count] = record_at;
    std::memcpy(&record, record_at, sizeof record);
    pieces[count] = {.iov_base = record_at + sizeof record, .iov_len = record.icmp_bytes};
    msghdr& header = messages[count].msg_hdr;
    header = {};
    header.msg_iov = &pieces[count];
    header.msg_iovlen = 1;
    header.msg_name = &destinations[count];
    ControlWriter& control = controls[count];
    control.clear();
    const int hop_limit = record.hop_limit == 0 ? kUsualHopLimit : record.hop_limit;
    const int traffic_class = record.traffic_class;
    if (family == AddressFamily::kIpv4) {
      header.msg_namelen = sizeof(sockaddr_in);
      destinations[count].ipv4 = {};
      destinations[count].ipv4.sin_family = AF_INET;
      std::memcpy(&destinations[count].ipv4.sin_addr, record.destination.data(), sizeof(in_addr));
      // Given beside the packet, the hop limit rules for multicast destinations too (IP_MULTICAST_TTL does not).
      if (hop_limit != kUsualHopLimit || IN_MULTICAST(ntohl(destinations[count].ipv4.sin_addr.s_addr))) {
        control.append(IPPROTO_IP, IP_TTL, &hop_limit, sizeof hop_limit);
      }
      // What the socket has anyway is left out: every control message is work between the stamp and the wire.
      if (traffic_class != 0) {
        control.append(IPPROTO_IP, IP_TOS, &traffic_class, sizeof traffic_class);
      }
    } else {
      header.msg_namelen = sizeof(sockaddr_in6);
      destinations[count].ipv6 = {};
      destinations[count].ipv6.sin6_family = AF_INET6;
      destinations[count].ipv6.sin6_scope_id = record.scope_id;
      std::memcpy(&destinations[count].ipv6.sin6_addr, record.destination.data(), sizeof(in6_addr));
      if (hop_limit != kUsualHopLimit || IN6_IS_ADDR_MULTICAST(&destinations[count].ipv6.sin6_addr)) {
        control.append(IPPROTO_IPV6, IPV6_HOPLIMIT, &hop_limit, sizeof hop_limit);
      }
      if (traffic_class != 0) {
        control.append(IPPROTO_IPV6, IPV6_TCLASS, &traffic_class, sizeof traffic_class);
      }
    }
    record.transmit_key = key;
    if (key != 0) {
      control.append(SOL_SOCKET, kTransmitKeyControl, &key, sizeof key);
    }
    if (request != 0) {
      control.append(SOL_SOCKET, SO_TIMESTAMPING, &request, sizeof request);
    }
    header.msg_control = control.data();
    header.msg_controllen = control.used();
    ++count;
  }
};

CallResult<BatchSender::Outcome> BatchSender::send(std::span<std::byte> batch, std::size_t count) noexcept {
  if (!holds_whole_send_records(batch, count)) {
    return {{}, call_error(EINVAL, "send")};
  }
  CallResult<Outcome> result;
  Group group;
  group.lone = count == 1;
  group.stamped = stamped_ == StampedPackets::kAll || (stamped_ == StampedPackets::kLone && group.lone);
  const bool named = group.stamped && keys_ == TransmitKeys::kNamedBySender;
  const std::uint32_t request = group.stamped && stamped_ == StampedPackets::kLone ? kTransmitRequest : 0;
  for (std::size_t index = 0; index < count; ++index) {
    const std::size_t bytes = whole_send_record(batch);
    group.add(batch.data(), family_, named ? next_key_++ : 0, request);
    batch = batch.subspan(bytes);
    if (group.count == kGroup || index + 1 == count) {
      send_group(group, result.value);
      group.count = 0;
    }
  }
  return result;
}

void BatchSender::send_group(Group& group, Outcome& outcome) noexcept {
  std::size_t done = 0;
  int repetitions = 0;
  while (done < group.count) {
    const Attempt now = attempt(group, done, outcome);
    if (now.sent > 0) {
      // Fewer than asked for: the next packet failed, for a reason that the next call tells if it still holds.
      for (int index = 0; index < now.sent; ++index) {
        record_fate(group, done++, now, outcome);
      }
      repetitions = 0;
    } else if (now.error == EINTR || should_repeat(now.error, repetitions, outcome)) {
      ++repetitions;
    } else {
      record_fate(group, done++, now, outcome);
      repetitions = 0;
    }
  }
}

/// One system call. The stamp of a lone packet is read behind it, where the device takes packets at once: most of the
/// time from the reading of the clocks to the wire is the kernel's way there, which is slow after a rest, and nobody
/// else need be woken for the stamp. Reading is withheld from the receive thread meanwhile, which would be quicker.
BatchSender::Attempt BatchSender::attempt(Group& group, std::size_t from, Outcome& outcome) noexcept {
  const std::unique_lock reading = group.stamped && group.lone ? reader_.withhold() : std::unique_lock<std::mutex>();
  Attempt now;
  // Anew for every call: a repetition, and the packets behind a failed one, leave later.
  now.departure = read_clocks();
  now.sent = send_messages(fd_, {&group.messages[from], group.count - from});
  now.error = now.sent < 0 ? errno : 0;
  if (now.sent > 0 && reading.owns_lock()) {
    const std::uint32_t key = keys_ == TransmitKeys::kNamedBySender ? group.records[from].transmit_key : next_key_;
    const ErrorQueueDrain drain = reader_.find_transmit_stamp(reading, key, now.stamp);
    outcome.queued = outcome.queued || drain.queued;
  }
  return now;
}

/// Trap: with IP_RECVERR an ICMP error about an earlier packet also fails the next send, which sends nothing then.
/// Emptying the error queue clears that. So a first failure is repeated, unless this machine itself put the error
/// there, and later ones as long as errors of earlier packets keep coming in.
bool BatchSender::should_repeat(int error, int repetitions, Outcome& outcome) noexcept {
  if (!may_be_pending(error) || repetitions >= kLongestRepetition) {
    return false;
  }
  const ErrorQueueDrain drain = reader_.drain_error_queue();
  outcome.queued = outcome.queued || drain.queued;
  return drain.icmp_error || (repetitions == 0 && !drain.local_error);
}

void BatchSender::record_fate(Group& group, std::size_t index, const Attempt& attempt, Outcome& outcome) noexcept {
  SendRecord& record = group.records[index];
  record.error_number = attempt.error;
  record.realtime_seconds = attempt.departure.realtime_seconds;
  record.realtime_nanoseconds = attempt.departure.realtime_nanoseconds;
  record.monotonic_ms = attempt.departure.monotonic_ms;
  record.transmit_seconds = attempt.stamp.seconds;
  record.transmit_nanoseconds = attempt.stamp.nanoseconds;
  if (group.stamped && keys_ == TransmitKeys::kCountedByKernel) {
    record.transmit_key = next_key_;
    // The kernel counts every packet that it built, also one that the firewall or a full queue then dropped.
    if (attempt.error == 0 || attempt.error == EPERM || attempt.error == ENOBUFS) {
      ++next_key_;
    }
  }
  ++(attempt.error == 0 ? outcome.sent : outcome.failed);
  std::memcpy(group.at[index] + offsetof(SendRecord, error_number), &record.error_number,
              sizeof(SendRecord) - offsetof(SendRecord, error_number));
}

}  // namespace netdiag
