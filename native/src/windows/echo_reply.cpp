#include "windows/echo_reply.h"

#include <algorithm>
#include <cstring>

#include "windows/echo_status.h"

namespace netdiag {
namespace {

/// Places in ICMP_ECHO_REPLY, 64 bits.
namespace ipv4 {
constexpr std::size_t kAddress = 0;
constexpr std::size_t kStatus = 4;
constexpr std::size_t kRoundTrip = 8;
constexpr std::size_t kDataSize = 12;
constexpr std::size_t kData = 16;
constexpr std::size_t kHopLimit = 24;
}  // namespace ipv4

/// Places in ICMPV6_ECHO_REPLY, whose address is a packed IPV6_ADDRESS_EX: port, flow information, address, scope.
namespace ipv6 {
constexpr std::size_t kAddress = 6;
constexpr std::size_t kScope = 22;
constexpr std::size_t kStatus = 28;
constexpr std::size_t kRoundTrip = 32;
}  // namespace ipv6

template <typename Value>
Value value_at(std::span<const std::byte> bytes, std::size_t at) noexcept {
  Value value{};
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

/// The data that a reply points to, as long as it lies in the buffer.
std::optional<std::span<const std::byte>> ipv4_data(std::span<const std::byte> buffer) noexcept {
  const std::size_t bytes = value_at<std::uint16_t>(buffer, ipv4::kDataSize);
  if (bytes == 0) {
    return std::span<const std::byte>();
  }
  const auto begin = reinterpret_cast<std::uintptr_t>(buffer.data());
  const auto at = static_cast<std::uintptr_t>(value_at<std::uint64_t>(buffer, ipv4::kData));
  if (at < begin || at - begin > buffer.size() || bytes > buffer.size() - (at - begin)) {
    return std::nullopt;
  }
  return buffer.subspan(at - begin, bytes);
}

std::optional<EchoAnswer> read_ipv4(std::span<const std::byte> buffer) noexcept {
  if (buffer.size() < kIpv4ReplyBytes) {
    return std::nullopt;
  }
  EchoAnswer answer;
  answer.status = value_at<std::uint32_t>(buffer, ipv4::kStatus);
  answer.round_trip_ms = value_at<std::uint32_t>(buffer, ipv4::kRoundTrip);
  std::memcpy(answer.responder.data(), buffer.data() + ipv4::kAddress, 4);
  if (answer.status != 0) {
    return answer;
  }
  const std::optional<std::span<const std::byte>> data = ipv4_data(buffer);
  if (!data) {
    return std::nullopt;
  }
  answer.hop_limit = value_at<std::uint8_t>(buffer, ipv4::kHopLimit);
  answer.data = *data;
  return answer;
}

std::optional<EchoAnswer> read_ipv6(std::span<const std::byte> buffer, std::size_t request_bytes) noexcept {
  if (buffer.size() < kIpv6ReplyBytes) {
    return std::nullopt;
  }
  EchoAnswer answer;
  answer.status = value_at<std::uint32_t>(buffer, ipv6::kStatus);
  answer.round_trip_ms = value_at<std::uint32_t>(buffer, ipv6::kRoundTrip);
  std::memcpy(answer.responder.data(), buffer.data() + ipv6::kAddress, answer.responder.size());
  answer.scope_id = value_at<std::uint32_t>(buffer, ipv6::kScope);
  if (answer.status == 0) {
    if (request_bytes > buffer.size() - kIpv6ReplyBytes) {
      return std::nullopt;
    }
    answer.data = buffer.subspan(kIpv6ReplyBytes, request_bytes);
  }
  return answer;
}

}  // namespace

std::optional<EchoAnswer> read_echo_answer(AddressFamily family, std::span<const std::byte> buffer,
                                           std::size_t request_bytes) noexcept {
  return family == AddressFamily::kIpv4 ? read_ipv4(buffer) : read_ipv6(buffer, request_bytes);
}

std::optional<EchoAnswer> answer_of_replies(AddressFamily family, std::span<const std::byte> buffer,
                                            std::size_t request_bytes, const ParsedReplies& parsed) noexcept {
  if (parsed.count != 0) {
    return read_echo_answer(family, buffer, request_bytes);
  }
  if (family == AddressFamily::kIpv6) {
    const std::optional<EchoAnswer> told = read_ipv6(buffer, request_bytes);
    if (told && told->status != 0 && told->names_responder()) {
      return told;
    }
  }
  EchoAnswer without_structure;
  without_structure.status = parsed.error;
  return without_structure;
}

std::optional<ReceiveRecord> record_of_answer(AddressFamily family, const EchoAnswer& answer,
                                              const AddressBytes& destination) noexcept {
  const EchoFate fate = fate_of_status(family, answer.status);
  if (fate.kind == EchoFate::Kind::kTimedOut || fate.kind == EchoFate::Kind::kTooMuch) {
    return std::nullopt;
  }
  ReceiveRecord record;
  record.family = static_cast<std::uint8_t>(family);
  record.local = destination;
  const bool is_icmp_error = fate.kind == EchoFate::Kind::kIcmpError && answer.names_responder();
  if (fate.kind != EchoFate::Kind::kReply && !is_icmp_error) {
    record.kind = RecordKind::kEchoFailure;
    record.error_number = fate.error_number;
    return record;
  }
  record.kind = is_icmp_error ? RecordKind::kEchoError : RecordKind::kEchoReply;
  record.source = answer.responder;
  record.scope_id = answer.scope_id;
  record.round_trip_ms = answer.round_trip_ms;
  record.flags |= kFlagRoundTrip;
  if (answer.hop_limit) {
    record.hop_limit = *answer.hop_limit;
    record.flags |= kFlagHopLimit;
  }
  if (is_icmp_error) {
    record.icmp_type = fate.icmp_type.value_or(0);
    record.icmp_code = fate.icmp_code.value_or(0);
    record.flags |= fate.icmp_type ? std::uint16_t{0} : kFlagTypeUnknown;
    record.flags |= fate.icmp_code ? std::uint16_t{0} : kFlagCodeUnknown;
  }
  return record;
}

}  // namespace netdiag
