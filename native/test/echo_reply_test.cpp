// Reads reply structures of the Windows echo interface. Their bytes are laid out by hand after Microsoft's
// documentation of ICMP_ECHO_REPLY, ICMPV6_ECHO_REPLY and IP_STATUS; no header of Windows and none of ours makes them.
// It runs everywhere; under wine too, which has no IPv6 echo interface.

#include "windows/echo_reply.h"

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <vector>

#include "check.h"
#include "windows/echo_status.h"

namespace netdiag {
namespace {

using Bytes = std::vector<std::uint8_t>;

std::span<const std::byte> span_of(const Bytes& bytes) {
  return std::as_bytes(std::span(bytes));
}

void write_u32(Bytes& bytes, std::size_t at, std::uint32_t value) {
  for (std::size_t index = 0; index < 4; ++index) {
    bytes[at + index] = static_cast<std::uint8_t>(value >> (8 * index));
  }
}

/// ICMP_ECHO_REPLY of a 64-bit program, with four bytes of data behind it.
Bytes ipv4_reply(std::uint32_t status, std::uint32_t round_trip_ms) {
  Bytes bytes{
      192, 0, 2, 7,              // Address, in network order
      0, 0, 0, 0,                // Status
      0, 0, 0, 0,                // RoundTripTime
      4, 0,                      // DataSize
      0, 0,                      // Reserved
      0, 0, 0, 0, 0, 0, 0, 0,    // Data, a pointer: below
      57, 0, 0, 0, 0, 0, 0, 0,   // Options: Ttl, Tos, Flags, OptionsSize, padding
      0, 0, 0, 0, 0, 0, 0, 0,    // OptionsData
      0xde, 0xad, 0xbe, 0xef,    // the data
  };
  write_u32(bytes, 4, status);
  write_u32(bytes, 8, round_trip_ms);
  return bytes;
}

void point_to(Bytes& bytes, std::size_t offset) {
  const std::uint64_t pointer = reinterpret_cast<std::uintptr_t>(bytes.data()) + offset;
  std::memcpy(&bytes[16], &pointer, sizeof pointer);
}

/// ICMPV6_ECHO_REPLY: IPV6_ADDRESS_EX packed to 26 bytes, two of padding, Status, RoundTripTime; data follows at 36.
Bytes ipv6_reply(std::uint32_t status) {
  Bytes bytes{
      0, 0,                                                                      // sin6_port
      0, 0, 0, 0,                                                                // sin6_flowinfo
      0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0x02, 0x11, 0x22, 0xff, 0xfe, 0x33, 0x44, 0x55,  // sin6_addr
      12, 0, 0, 0,                                                               // sin6_scope_id
      0xcc, 0xcc,                                                                // padding
      0, 0, 0, 0,                                                                // Status
      9, 0, 0, 0,                                                                // RoundTripTime
      0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,                            // the data
  };
  write_u32(bytes, 28, status);
  return bytes;
}

constexpr AddressBytes kDestination{198, 51, 100, 1};

void reads_an_ipv4_reply() {
  Bytes bytes = ipv4_reply(0, 3);
  point_to(bytes, 40);
  const auto answer = read_echo_answer(AddressFamily::kIpv4, span_of(bytes), 4);
  REQUIRE(answer && answer->status == 0 && answer->round_trip_ms == 3 && answer->hop_limit == 57);
  REQUIRE((answer->responder == AddressBytes{192, 0, 2, 7}));
  REQUIRE(answer->data.size() == 4 && answer->data[0] == std::byte{0xde} && answer->data[3] == std::byte{0xef});
  const auto record = record_of_answer(AddressFamily::kIpv4, *answer, kDestination);
  REQUIRE(record && record->kind == RecordKind::kEchoReply && record->family == 4 && record->hop_limit == 57);
  REQUIRE(record->flags == (kFlagHopLimit | kFlagRoundTrip) && record->round_trip_ms == 3);
  REQUIRE((record->source == AddressBytes{192, 0, 2, 7}) && record->local == kDestination);
}

void reads_an_ipv6_reply() {
  const Bytes bytes = ipv6_reply(0);
  const auto answer = read_echo_answer(AddressFamily::kIpv6, span_of(bytes), 8);
  REQUIRE(answer && answer->status == 0 && answer->round_trip_ms == 9 && !answer->hop_limit && answer->scope_id == 12);
  REQUIRE((answer->responder ==
           AddressBytes{0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0x02, 0x11, 0x22, 0xff, 0xfe, 0x33, 0x44, 0x55}));
  REQUIRE(answer->data.size() == 8 && answer->data[0] == std::byte{1} && answer->data[7] == std::byte{8});
  const auto record = record_of_answer(AddressFamily::kIpv6, *answer, kDestination);
  REQUIRE(record && record->kind == RecordKind::kEchoReply && record->family == 6 && record->scope_id == 12);
  REQUIRE(record->flags == kFlagRoundTrip && record->round_trip_ms == 9);
}

void refuses_what_lies_outside_the_buffer() {
  Bytes bytes = ipv4_reply(0, 0);
  for (const std::size_t offset : {std::size_t{41}, std::size_t{44}, std::size_t{1} << 40}) {
    point_to(bytes, offset);
    REQUIRE(!read_echo_answer(AddressFamily::kIpv4, span_of(bytes), 4));
  }
  point_to(bytes, 0);
  std::memset(&bytes[16], 0, 8);
  REQUIRE(!read_echo_answer(AddressFamily::kIpv4, span_of(bytes), 4));
  REQUIRE(!read_echo_answer(AddressFamily::kIpv4, span_of(bytes).first(39), 0));
  const Bytes ipv6 = ipv6_reply(0);
  REQUIRE(!read_echo_answer(AddressFamily::kIpv6, span_of(ipv6).first(35), 0));
  REQUIRE(!read_echo_answer(AddressFamily::kIpv6, span_of(ipv6), 9));
  REQUIRE(read_echo_answer(AddressFamily::kIpv6, span_of(ipv6), 0)->data.empty());
}

void reads_no_data_of_an_error() {
  Bytes bytes = ipv4_reply(11013, 1);
  point_to(bytes, 1'000'000);
  const auto answer = read_echo_answer(AddressFamily::kIpv4, span_of(bytes), 4);
  REQUIRE(answer && answer->data.empty() && !answer->hop_limit);
}

/// What each IP_STATUS of ipexport.h is in ICMP: RFC 792, RFC 1812 and RFC 4443. −1: the status leaves it open.
struct Expected {
  AddressFamily family;
  std::uint32_t status;
  int type;
  int code;
};
constexpr auto kV4 = AddressFamily::kIpv4;
constexpr auto kV6 = AddressFamily::kIpv6;
constexpr std::array kErrors{
    Expected{kV4, 11002, 3, -1},  Expected{kV4, 11003, 3, 1},   Expected{kV4, 11004, 3, 2},
    Expected{kV4, 11005, 3, 3},   Expected{kV4, 11009, 3, 4},   Expected{kV4, 11012, 3, 5},
    Expected{kV4, 11013, 11, 0},  Expected{kV4, 11014, 11, 1},  Expected{kV4, 11015, 12, -1},
    Expected{kV4, 11016, 4, 0},   Expected{kV4, 11040, 3, -1},  Expected{kV4, 11041, 11, -1},
    Expected{kV4, 11044, -1, -1}, Expected{kV6, 11002, 1, 0},   Expected{kV6, 11003, 1, 3},
    Expected{kV6, 11004, 1, 1},   Expected{kV6, 11005, 1, 4},   Expected{kV6, 11009, 2, 0},
    Expected{kV6, 11013, 3, 0},   Expected{kV6, 11014, 3, 1},   Expected{kV6, 11015, 4, -1},
    Expected{kV6, 11040, 1, -1},  Expected{kV6, 11041, 3, -1},  Expected{kV6, 11042, 4, 0},
    Expected{kV6, 11043, 4, 1},   Expected{kV6, 11044, -1, -1}, Expected{kV6, 11045, 1, 2},
};

void gives_type_and_code_as_far_as_they_are_told() {
  for (const auto& [family, status, type, code] : kErrors) {
    Bytes bytes = family == kV4 ? ipv4_reply(status, 2) : ipv6_reply(status);
    const auto answer = read_echo_answer(family, span_of(bytes), 0);
    REQUIRE(answer);
    const auto record = record_of_answer(family, *answer, kDestination);
    REQUIRE(record && record->kind == RecordKind::kEchoError && record->local == kDestination);
    REQUIRE(((record->flags & kFlagTypeUnknown) != 0) == (type < 0));
    REQUIRE(((record->flags & kFlagCodeUnknown) != 0) == (code < 0));
    REQUIRE(record->icmp_type == (type < 0 ? 0 : type) && record->icmp_code == (code < 0 ? 0 : code));
  }
}

void calls_an_error_without_a_responder_a_failure_of_this_machine() {
  Bytes bytes = ipv4_reply(11009, 0);
  std::memset(bytes.data(), 0, 4);
  const auto record =
      record_of_answer(kV4, *read_echo_answer(kV4, span_of(bytes), 0), kDestination);
  REQUIRE(record && record->kind == RecordKind::kEchoFailure && record->error_number == EMSGSIZE);
}

void gives_no_record_of_a_timeout_and_an_errno_of_a_failure() {
  EchoAnswer answer;
  answer.status = 11010;
  REQUIRE(!record_of_answer(kV4, answer, kDestination));
  const std::array<std::array<std::uint32_t, 2>, 9> failures{{{11050, EIO},
                                                              {11006, ENOBUFS},
                                                              {11007, EINVAL},
                                                              {11018, EINVAL},
                                                              {11032, EAGAIN},
                                                              {1231, ENETUNREACH},
                                                              {1232, EHOSTUNREACH},
                                                              {5, EACCES},
                                                              {99999, EIO}}};
  for (const auto& [status, error] : failures) {
    answer.status = status;
    const auto record = record_of_answer(kV4, answer, kDestination);
    REQUIRE(record && record->kind == RecordKind::kEchoFailure);
    REQUIRE(record->error_number == static_cast<int>(error));
  }
}

/// Icmp6ParseReplies says 0 and the status as an error of all but IP_SUCCESS and IP_TTL_EXPIRED_TRANSIT.
void keeps_the_responder_of_an_ipv6_error_that_the_parser_does_not_count() {
  for (const std::uint32_t status : {11002u, 11003u, 11004u, 11005u, 11009u, 11015u, 11040u}) {
    const Bytes bytes = ipv6_reply(status);
    const auto answer = answer_of_replies(kV6, span_of(bytes), 8, {.count = 0, .error = status});
    REQUIRE(answer && answer->status == status && answer->scope_id == 12 && answer->data.empty());
    const auto record = record_of_answer(kV6, *answer, kDestination);
    REQUIRE(record && record->kind == RecordKind::kEchoError);
    REQUIRE((record->source == AddressBytes{0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0x02, 0x11, 0x22, 0xff, 0xfe, 0x33, 0x44, 0x55}));
  }
}

void takes_the_error_of_the_parser_where_the_structure_tells_nothing() {
  const Bytes unwritten(44, 0);
  Bytes nobody = ipv6_reply(11003);
  std::memset(&nobody[6], 0, 16);
  const Bytes without_status = ipv6_reply(0);
  for (const Bytes& bytes : {unwritten, nobody, without_status, Bytes(35, 0xff)}) {
    const auto answer = answer_of_replies(kV6, span_of(bytes), 8, {.count = 0, .error = 11002});
    REQUIRE(answer && answer->status == 11002 && !answer->names_responder());
    const auto record = record_of_answer(kV6, *answer, kDestination);
    REQUIRE(record && record->kind == RecordKind::kEchoFailure && record->error_number == ENETUNREACH);
  }
  const auto timed_out = answer_of_replies(kV6, span_of(unwritten), 8, {.count = 0, .error = 11010});
  REQUIRE(timed_out && !record_of_answer(kV6, *timed_out, kDestination));
}

/// IP_BUF_TOO_SMALL: somebody's words, not a request that was not sent.
void takes_an_answer_that_was_too_long_for_loss() {
  Bytes bytes = ipv4_reply(11001, 2);
  for (const ParsedReplies& parsed : {ParsedReplies{1, 0}, ParsedReplies{0, 11001}}) {
    const auto answer = answer_of_replies(kV4, span_of(bytes), 4, parsed);
    REQUIRE(answer && answer->status == 11001 && !record_of_answer(kV4, *answer, kDestination));
  }
}

void believes_the_parser_of_ipv4_and_reads_what_it_counts() {
  Bytes bytes = ipv4_reply(11003, 2);
  REQUIRE(answer_of_replies(kV4, span_of(bytes), 4, {.count = 1, .error = 0})->names_responder());
  REQUIRE(!answer_of_replies(kV4, span_of(bytes), 4, {.count = 0, .error = 11050})->names_responder());
  const Bytes ipv6 = ipv6_reply(11013);
  REQUIRE(answer_of_replies(kV6, span_of(ipv6), 8, {.count = 1, .error = 0})->status == 11013);
}

}  // namespace
}  // namespace netdiag

int main() {
  netdiag::reads_an_ipv4_reply();
  netdiag::reads_an_ipv6_reply();
  netdiag::refuses_what_lies_outside_the_buffer();
  netdiag::reads_no_data_of_an_error();
  netdiag::gives_type_and_code_as_far_as_they_are_told();
  netdiag::calls_an_error_without_a_responder_a_failure_of_this_machine();
  netdiag::gives_no_record_of_a_timeout_and_an_errno_of_a_failure();
  netdiag::keeps_the_responder_of_an_ipv6_error_that_the_parser_does_not_count();
  netdiag::takes_the_error_of_the_parser_where_the_structure_tells_nothing();
  netdiag::believes_the_parser_of_ipv4_and_reads_what_it_counts();
  netdiag::takes_an_answer_that_was_too_long_for_loss();
  std::puts("reply structures of Windows: all held");
}
