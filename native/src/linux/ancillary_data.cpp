#include "linux/ancillary_data.h"

#include <netinet/in.h>

#include <cstring>

namespace netdiag {
namespace {

/// The value of a control message, zero-filled where the kernel wrote less.
template <typename Value>
Value value_of(const cmsghdr& control) noexcept {
  Value value{};
  const std::size_t bytes = control.cmsg_len - CMSG_LEN(0);
  std::memcpy(&value, CMSG_DATA(&control), bytes < sizeof value ? bytes : sizeof value);
  return value;
}

void set_hop_limit(ReceiveRecord& record, int value) noexcept {
  record.hop_limit = static_cast<std::uint8_t>(value);
  record.flags |= kFlagHopLimit;
}

void set_traffic_class(ReceiveRecord& record, int value) noexcept {
  record.traffic_class = static_cast<std::uint8_t>(value);
  record.flags |= kFlagTrafficClass;
}

/// Error-queue entries have their original destination here already, so that this names only the interface of them.
void set_local(ReceiveRecord& record, const void* address, std::size_t bytes, std::uint32_t interface_index) noexcept {
  record.interface_index = interface_index;
  std::memcpy(record.local.data(), address, bytes);
  record.flags |= kFlagLocalAddress;
}

void set_stamp(ReceiveRecord& record, const timespec& stamp) noexcept {
  if (stamp.tv_sec != 0) {
    record.realtime_seconds = static_cast<std::uint32_t>(stamp.tv_sec);
    record.realtime_nanoseconds = static_cast<std::uint32_t>(stamp.tv_nsec);
    record.flags |= kFlagKernelTimestamp;
  }
}

void read_socket_level(const cmsghdr& control, ReceiveRecord& record) noexcept {
  if (control.cmsg_type == SCM_TIMESTAMPNS) {
    set_stamp(record, value_of<timespec>(control));
  } else if (control.cmsg_type == SCM_TIMESTAMPING) {
    // ts[0] is the software stamp; hardware stamps (ts[2]) are in another clock and not asked for.
    set_stamp(record, value_of<scm_timestamping>(control).ts[0]);
  }
}

std::optional<QueuedError> queued_error(const cmsghdr& control) noexcept {
  const auto* const entry = reinterpret_cast<const sock_extended_err*>(CMSG_DATA(&control));
  const bool names_offender = control.cmsg_len >= CMSG_LEN(sizeof(sock_extended_err) + sizeof(sockaddr_in));
  return QueuedError{*entry, names_offender ? SO_EE_OFFENDER(entry) : nullptr};
}

std::optional<QueuedError> read_ipv4_level(const cmsghdr& control, ReceiveRecord& record) noexcept {
  switch (control.cmsg_type) {
    case IP_TTL:
      set_hop_limit(record, value_of<int>(control));
      break;
    case IP_TOS:
      set_traffic_class(record, value_of<std::uint8_t>(control));
      break;
    case IP_PKTINFO: {
      const auto info = value_of<in_pktinfo>(control);
      // On ping sockets ipi_spec_dst is 0.0.0.0; ipi_addr is the header's destination on all kinds.
      set_local(record, &info.ipi_addr, sizeof info.ipi_addr, static_cast<std::uint32_t>(info.ipi_ifindex));
      break;
    }
    case IP_RECVERR:
      return queued_error(control);
    default:
      break;
  }
  return std::nullopt;
}

std::optional<QueuedError> read_ipv6_level(const cmsghdr& control, ReceiveRecord& record) noexcept {
  switch (control.cmsg_type) {
    case IPV6_HOPLIMIT:
      set_hop_limit(record, value_of<int>(control));
      break;
    case IPV6_TCLASS:
      set_traffic_class(record, value_of<int>(control));
      break;
    case IPV6_PKTINFO: {
      const auto info = value_of<in6_pktinfo>(control);
      set_local(record, &info.ipi6_addr, sizeof info.ipi6_addr, info.ipi6_ifindex);
      break;
    }
    case IPV6_RECVERR:
      return queued_error(control);
    default:
      break;
  }
  return std::nullopt;
}

}  // namespace

std::optional<QueuedError> read_ancillary_data(msghdr& header, const ClockReading& read_at,
                                               ReceiveRecord& record) noexcept {
  record.realtime_seconds = record.read_realtime_seconds = read_at.realtime_seconds;
  record.realtime_nanoseconds = record.read_realtime_nanoseconds = read_at.realtime_nanoseconds;
  record.read_monotonic_ms = read_at.monotonic_ms;
  std::optional<QueuedError> error;
  for (const cmsghdr* control = CMSG_FIRSTHDR(&header); control != nullptr;
       control = CMSG_NXTHDR(&header, const_cast<cmsghdr*>(control))) {
    std::optional<QueuedError> found;
    if (control->cmsg_level == SOL_SOCKET) {
      read_socket_level(*control, record);
    } else if (control->cmsg_level == IPPROTO_IP) {
      found = read_ipv4_level(*control, record);
    } else if (control->cmsg_level == IPPROTO_IPV6) {
      found = read_ipv6_level(*control, record);
    }
    error = found ? found : error;
  }
  return error;
}

}  // namespace netdiag
