#define __APPLE_USE_RFC_3542 1

#include "darwin/batch_sender.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

#include "core/clocks.h"
#include "core/send_batch.h"
#include "darwin/icmp_message.h"
#include "posix/numeric_address.h"

namespace netdiag {
namespace {

struct Destination {
  SocketAddress address;
  bool is_multicast = false;
};

Destination destination_of(AddressFamily family, const SendRecord& record) noexcept {
  Destination to;
  if (family == AddressFamily::kIpv4) {
    sockaddr_in ipv4{};
    ipv4.sin_len = sizeof ipv4;
    ipv4.sin_family = AF_INET;
    std::memcpy(&ipv4.sin_addr, record.destination.data(), sizeof ipv4.sin_addr);
    to.is_multicast = IN_MULTICAST(ntohl(ipv4.sin_addr.s_addr));
    std::memcpy(&to.address.storage, &ipv4, sizeof ipv4);
    to.address.length = sizeof ipv4;
  } else {
    sockaddr_in6 ipv6{};
    ipv6.sin6_len = sizeof ipv6;
    ipv6.sin6_family = AF_INET6;
    ipv6.sin6_scope_id = record.scope_id;
    std::memcpy(&ipv6.sin6_addr, record.destination.data(), sizeof ipv6.sin6_addr);
    to.is_multicast = IN6_IS_ADDR_MULTICAST(&ipv6.sin6_addr);
    std::memcpy(&to.address.storage, &ipv6, sizeof ipv6);
    to.address.length = sizeof ipv6;
  }
  return to;
}

}  // namespace

CallResult<BatchSender::Outcome> BatchSender::send(std::span<std::byte> batch, std::size_t count) noexcept {
  if (!holds_whole_send_records(batch, count)) {
    return {{}, call_error(EINVAL, "send")};
  }
  CallResult<Outcome> result;
  for (std::size_t index = 0; index < count; ++index) {
    const std::size_t bytes = whole_send_record(batch);
    SendRecord record;
    std::memcpy(&record, batch.data(), sizeof record);
    record.error_number = send_one(record, batch.subspan(sizeof record, record.icmp_bytes));
    record.transmit_key = 0;
    record.transmit_seconds = 0;
    record.transmit_nanoseconds = 0;
    ++(record.error_number == 0 ? result.value.sent : result.value.failed);
    std::memcpy(batch.data(), &record, sizeof record);
    batch = batch.subspan(bytes);
  }
  return result;
}

int BatchSender::send_one(SendRecord& record, std::span<std::byte> icmp) noexcept {
  if (icmp.size() < kEchoHeaderBytes) {
    return EINVAL;
  }
  complete_request(family_, icmp, identifier_);
  const Destination to = destination_of(family_, record);
  const int hop_limit = record.hop_limit == 0 ? kUsualHopLimit : record.hop_limit;
  int error = set_hop_limit(hop_limit, to.is_multicast);
  if (error == 0) {
    error = set_traffic_class(record.traffic_class);
  }
  const ClockReading departure = read_clocks();
  if (error == 0) {
    do {
      error = ::sendto(fd_, icmp.data(), icmp.size(), MSG_DONTWAIT, to.address.get(), to.address.length) < 0 ? errno : 0;
    } while (error == EINTR);
  }
  record.realtime_seconds = departure.realtime_seconds;
  record.realtime_nanoseconds = departure.realtime_nanoseconds;
  record.monotonic_ms = departure.monotonic_ms;
  return error;
}

int BatchSender::set_hop_limit(int hop_limit, bool is_multicast) noexcept {
  int& current = is_multicast ? multicast_hop_limit_ : hop_limit_;
  if (hop_limit == current) {
    return 0;
  }
  int done = 0;
  if (family_ == AddressFamily::kIpv6) {
    done = ::setsockopt(fd_, IPPROTO_IPV6, is_multicast ? IPV6_MULTICAST_HOPS : IPV6_UNICAST_HOPS, &hop_limit,
                        sizeof hop_limit);
  } else if (is_multicast) {
    const auto narrow = static_cast<std::uint8_t>(hop_limit);
    done = ::setsockopt(fd_, IPPROTO_IP, IP_MULTICAST_TTL, &narrow, sizeof narrow);
  } else {
    done = ::setsockopt(fd_, IPPROTO_IP, IP_TTL, &hop_limit, sizeof hop_limit);
  }
  if (done != 0) {
    return errno;
  }
  current = hop_limit;
  return 0;
}

int BatchSender::set_traffic_class(int traffic_class) noexcept {
  if (traffic_class == traffic_class_) {
    return 0;
  }
  const bool is_ipv4 = family_ == AddressFamily::kIpv4;
  if (::setsockopt(fd_, is_ipv4 ? IPPROTO_IP : IPPROTO_IPV6, is_ipv4 ? IP_TOS : IPV6_TCLASS, &traffic_class,
                   sizeof traffic_class) != 0) {
    return errno;
  }
  traffic_class_ = traffic_class;
  return 0;
}

}  // namespace netdiag
