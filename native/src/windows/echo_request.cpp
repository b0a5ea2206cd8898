#include "windows/windows_headers.h"

#include "windows/echo_request.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <new>
#include <utility>

#include "core/call_result.h"
#include "windows/echo_reply.h"
#include "windows/echo_status.h"

namespace netdiag {
namespace {

static_assert(sizeof(void*) == 8, "the reply structures are read as those of a 64-bit program");
static_assert(sizeof(ICMP_ECHO_REPLY) == kIpv4ReplyBytes);
static_assert(offsetof(ICMP_ECHO_REPLY, Status) == 4 && offsetof(ICMP_ECHO_REPLY, RoundTripTime) == 8);
static_assert(offsetof(ICMP_ECHO_REPLY, DataSize) == 12 && offsetof(ICMP_ECHO_REPLY, Data) == 16);
static_assert(offsetof(ICMP_ECHO_REPLY, Options) == 24 && offsetof(IP_OPTION_INFORMATION, Ttl) == 0);
static_assert(sizeof(ICMPV6_ECHO_REPLY) == kIpv6ReplyBytes);
// Not the places within the address: Microsoft packs IPV6_ADDRESS_EX, the headers of MinGW do not.
static_assert(offsetof(ICMPV6_ECHO_REPLY, Status) == 28 && offsetof(ICMPV6_ECHO_REPLY, RoundTripTime) == 32);

/// What the interface wants behind a reply structure besides the data: an ICMP error and an IO_STATUS_BLOCK.
constexpr std::size_t kErrorBytes = 8;
constexpr std::size_t kStatusBlockBytes = 16;
/// Bytes of an error that a router may quote, which are at most a packet's (RFC 4443 §2.4 asks for 1,280). An answer that
/// does not fit even so carries more than was sent, and is no echo of it.
constexpr std::size_t kSlackBytes = 1'500;

/// The interface's own wait ends that much after the caller's, who keeps time himself: what arrives in between is
/// known to be late. It also keeps a wait that ends early, which the interface's may, from being taken for loss.
constexpr std::uint32_t kLateMs = 1'000;
/// Where the caller names no wait.
constexpr std::uint32_t kUsualWaitMs = 4'000;
constexpr std::uint8_t kUsualHopLimit = 64;
constexpr std::uint32_t kLongestWaitMs = 3'600'000;

std::size_t reply_bytes(AddressFamily family, std::size_t data_bytes) noexcept {
  const std::size_t structure = family == AddressFamily::kIpv4 ? kIpv4ReplyBytes : kIpv6ReplyBytes;
  return structure + data_bytes + kErrorBytes + kStatusBlockBytes + kSlackBytes;
}

sockaddr_in6 ipv6_address(const AddressBytes& address, std::uint32_t scope_id) noexcept {
  sockaddr_in6 made{};
  made.sin6_family = AF_INET6;
  made.sin6_scope_id = scope_id;
  std::memcpy(&made.sin6_addr, address.data(), address.size());
  return made;
}

}  // namespace

EchoHandle::EchoHandle(AddressFamily family)
    : family_(family), handle_(family == AddressFamily::kIpv4 ? ::IcmpCreateFile() : ::Icmp6CreateFile()) {
  if (handle_ == INVALID_HANDLE_VALUE) {
    throw OpenError(call_error(errno_of_windows_error(::GetLastError()),
                               family == AddressFamily::kIpv4 ? "IcmpCreateFile" : "Icmp6CreateFile"));
  }
}

EchoHandle::~EchoHandle() {
  ::IcmpCloseHandle(handle_);
}

int EchoRequest::start(const EchoSender& sender, const SendRecord& record, std::span<const std::byte> icmp,
                       void* event, ClockReading& departure) noexcept {
  try {
    request_.assign(icmp.begin(), icmp.end());
    reply_.assign(reply_bytes(sender.handle->family(), icmp.size() - kEchoHeaderBytes), std::byte{});
  } catch (const std::bad_alloc&) {
    return ENOMEM;
  }
  handle_ = sender.handle;
  inbox_ = sender.inbox;
  destination_ = record.destination;
  const std::uint32_t error = send(record, sender, event, departure);
  if (error == ERROR_IO_PENDING) {
    return 0;
  }
  handle_.reset();
  inbox_.reset();
  request_ = {};
  reply_ = {};
  return errno_of_windows_error(error);
}

/// @returns ERROR_IO_PENDING when the event will be signalled, else why not.
std::uint32_t EchoRequest::send(const SendRecord& record, const EchoSender& sender, void* event,
                                ClockReading& departure) noexcept {
  IP_OPTION_INFORMATION options{};
  options.Ttl = record.hop_limit == 0 ? kUsualHopLimit : record.hop_limit;
  options.Flags = sender.dont_fragment ? IP_FLAG_DF : 0;
  const std::uint32_t wait = record.wait_ms == 0 ? kUsualWaitMs : std::min(record.wait_ms, kLongestWaitMs) + kLateMs;
  std::byte* const data = request_.data() + kEchoHeaderBytes;
  const auto data_bytes = static_cast<WORD>(request_.size() - kEchoHeaderBytes);
  const auto buffer_bytes = static_cast<DWORD>(reply_.size());
  DWORD answers = 0;
  if (handle_->family() == AddressFamily::kIpv4) {
    IPAddr from = 0;
    IPAddr to = 0;
    std::memcpy(&from, sender.source.address.data(), sizeof from);
    std::memcpy(&to, record.destination.data(), sizeof to);
    departure = read_clocks();
    answers = ::IcmpSendEcho2Ex(handle_->get(), event, nullptr, nullptr, from, to, data, data_bytes, &options,
                                reply_.data(), buffer_bytes, wait);
  } else {
    sockaddr_in6 from = ipv6_address(sender.source.address, sender.source.scope_id);
    sockaddr_in6 to = ipv6_address(record.destination, record.scope_id);
    departure = read_clocks();
    answers = ::Icmp6SendEcho2(handle_->get(), event, nullptr, nullptr, &from, &to, data, data_bytes, &options,
                               reply_.data(), buffer_bytes, wait);
  }
  // An answer that is there at once signals the event like any other.
  return answers != 0 ? static_cast<std::uint32_t>(ERROR_IO_PENDING) : ::GetLastError();
}

void EchoRequest::finish(const ClockReading& woken) noexcept {
  const std::shared_ptr<EchoHandle> handle = std::move(handle_);
  const std::shared_ptr<RecordInbox> inbox = std::move(inbox_);
  // A place keeps nothing between requests: there are thousands, of up to two packets of the largest size each.
  std::vector<std::byte> request = std::exchange(request_, {});
  std::vector<std::byte> reply = std::exchange(reply_, {});
  const AddressFamily family = handle->family();
  const std::size_t data_bytes = request.size() - kEchoHeaderBytes;
  const auto buffer_bytes = static_cast<DWORD>(reply.size());
  ParsedReplies parsed;
  parsed.count = family == AddressFamily::kIpv4 ? ::IcmpParseReplies(reply.data(), buffer_bytes)
                                                : ::Icmp6ParseReplies(reply.data(), buffer_bytes);
  parsed.error = parsed.count == 0 ? ::GetLastError() : 0;
  const std::optional<EchoAnswer> answer = answer_of_replies(family, reply, data_bytes, parsed);
  std::optional<ReceiveRecord> record = answer ? record_of_answer(family, *answer, destination_) : std::nullopt;
  if (!record) {
    return;
  }
  record->realtime_seconds = record->read_realtime_seconds = woken.realtime_seconds;
  record->realtime_nanoseconds = record->read_realtime_nanoseconds = woken.realtime_nanoseconds;
  record->read_monotonic_ms = woken.monotonic_ms;
  // Behind the header that the request was given with, by which its sender knows it, comes what the reply carried.
  try {
    request.resize(kEchoHeaderBytes);
    request.insert(request.end(), answer->data.begin(), answer->data.end());
  } catch (const std::bad_alloc&) {
    return;
  }
  inbox->deliver(*record, request);
}

}  // namespace netdiag
