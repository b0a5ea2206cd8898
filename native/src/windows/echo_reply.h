#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "core/record_layout.h"
#include "core/socket_options.h"

namespace netdiag {

/// Bytes of ICMP_ECHO_REPLY in a 64-bit program and of ICMPV6_ECHO_REPLY (ipexport.h); `echo_request.cpp` compares
/// them, and the places of their fields, with the headers of Windows.
inline constexpr std::size_t kIpv4ReplyBytes = 40;
inline constexpr std::size_t kIpv6ReplyBytes = 36;

/// What a reply structure of the echo interface tells. No header of Windows is needed to read it.
struct EchoAnswer {
  /// IP_STATUS.
  std::uint32_t status = 0;
  /// As the system measured it, in whole milliseconds.
  std::uint32_t round_trip_ms = 0;
  /// Who answered; all zero when nobody did.
  AddressBytes responder{};
  std::uint32_t scope_id = 0;
  /// Hop limit left in the reply; IPv6 does not tell it.
  std::optional<std::uint8_t> hop_limit;
  /// What the reply carried, in the buffer that was read; nothing unless the status is success.
  std::span<const std::byte> data;

  [[nodiscard]] bool names_responder() const noexcept { return responder != AddressBytes{}; }
};

/// Reads the first reply structure of a buffer that was parsed by IcmpParseReplies or Icmp6ParseReplies.
/// @param request_bytes what was sent: ICMPV6_ECHO_REPLY does not tell how much came back, and an echo carries the same.
/// @returns nothing when the buffer does not hold one, or names data outside itself.
[[nodiscard]] std::optional<EchoAnswer> read_echo_answer(AddressFamily family, std::span<const std::byte> buffer,
                                                         std::size_t request_bytes) noexcept;

/// What IcmpParseReplies or Icmp6ParseReplies said of a buffer.
struct ParsedReplies {
  std::uint32_t count = 0;
  /// GetLastError, when there are none; else 0.
  std::uint32_t error = 0;
};

/// What became of a request, by its parsed buffer. Icmp6ParseReplies counts only replies and expired hop limits, and
/// says every other word of a router as an error; who said it stands in the structure all the same.
/// @returns an answer with a status and nothing else where the structure tells nothing; nothing as `read_echo_answer` does.
[[nodiscard]] std::optional<EchoAnswer> answer_of_replies(AddressFamily family, std::span<const std::byte> buffer,
                                                          std::size_t request_bytes,
                                                          const ParsedReplies& parsed) noexcept;

/// The record for a request and its answer, to be queued together with `answer.data` behind the request's header.
/// @returns nothing when nobody answered, or with what cannot be ours: then the request is lost.
/// @param answered_at the destination, which an error's record names.
[[nodiscard]] std::optional<ReceiveRecord> record_of_answer(AddressFamily family, const EchoAnswer& answer,
                                                            const AddressBytes& destination) noexcept;

}  // namespace netdiag
