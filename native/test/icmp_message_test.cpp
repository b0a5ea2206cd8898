// What an ICMP socket of macOS hands over and wants, on packets written by hand after RFC 791, 792, 4443 and 8200.

#include "darwin/icmp_message.h"

#include <array>
#include <cstdio>
#include <cstring>
#include <vector>

#include "check.h"

namespace netdiag {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::uint16_t kIdentifier = 0x1234;

std::span<const std::byte> span_of(const Bytes& bytes) {
  return std::as_bytes(std::span(bytes));
}

Bytes joined(Bytes head, const Bytes& tail) {
  head.insert(head.end(), tail.begin(), tail.end());
  return head;
}

/// An IPv4 header; `words` of 4 bytes, the length field in the machine's order and without the header, as macOS gives it.
Bytes ipv4_header(std::uint8_t words, std::uint8_t protocol) {
  Bytes header{static_cast<std::uint8_t>(0x40 | words), 0xb8, 12, 0, 0, 0, 0, 0, 61, protocol, 0, 0, 192, 0, 2, 1, 198, 51, 100, 9};
  header.resize(std::size_t{4} * words);
  return header;
}

Bytes ipv6_header(std::uint8_t next) {
  Bytes header(40);
  header[0] = 0x60;
  header[6] = next;
  header[7] = 1;
  return header;
}

Bytes echo(std::uint8_t type, std::uint16_t identifier) {
  return {type, 0, 0, 0, static_cast<std::uint8_t>(identifier >> 8), static_cast<std::uint8_t>(identifier), 0, 7, 1, 2};
}

Bytes error(std::uint8_t type, const Bytes& quote) {
  return joined({type, 0, 0, 0, 0, 0, 0, 0}, quote);
}

void takes_the_ipv4_header_off() {
  for (const std::uint8_t words : {std::uint8_t{5}, std::uint8_t{15}}) {
    const Bytes packet = joined(ipv4_header(words, 1), echo(0, kIdentifier));
    const auto stripped = strip_ipv4_header(span_of(packet));
    REQUIRE(stripped && stripped->icmp.size() == 10 && stripped->hop_limit == 61 && stripped->traffic_class == 0xb8);
    REQUIRE((stripped->destination == AddressBytes{198, 51, 100, 9}));
  }
  Bytes packet = joined(ipv4_header(5, 1), echo(0, kIdentifier));
  REQUIRE(!strip_ipv4_header(span_of(packet).first(19)));
  packet[0] = 0x44;
  REQUIRE(!strip_ipv4_header(span_of(packet)));
  packet[0] = 0x48;
  REQUIRE(!strip_ipv4_header(span_of(packet)));
  packet[0] = 0x65;
  REQUIRE(!strip_ipv4_header(span_of(packet)));
}

void lets_only_what_concerns_the_identifier_through() {
  constexpr auto kV4 = AddressFamily::kIpv4;
  constexpr auto kV6 = AddressFamily::kIpv6;
  const auto passes = [](AddressFamily family, const Bytes& bytes) {
    return concerns_identifier(family, span_of(bytes), kIdentifier);
  };
  REQUIRE(passes(kV4, echo(0, kIdentifier)) && passes(kV6, echo(129, kIdentifier)));
  REQUIRE(!passes(kV4, echo(0, kIdentifier + 1)) && !passes(kV6, echo(129, kIdentifier + 1)));
  // Requests that others send to this machine, and other messages.
  REQUIRE(!passes(kV4, echo(8, kIdentifier)) && !passes(kV6, echo(128, kIdentifier)));
  REQUIRE(!passes(kV4, echo(14, kIdentifier)) && !passes(kV6, echo(135, kIdentifier)));
  for (const std::uint8_t type : {std::uint8_t{3}, std::uint8_t{4}, std::uint8_t{5}, std::uint8_t{11}, std::uint8_t{12}}) {
    REQUIRE(passes(kV4, error(type, joined(ipv4_header(5, 1), echo(8, kIdentifier)))));
    REQUIRE(passes(kV4, error(type, joined(ipv4_header(6, 1), echo(8, kIdentifier)))));
  }
  for (const std::uint8_t type : {std::uint8_t{1}, std::uint8_t{2}, std::uint8_t{3}, std::uint8_t{4}}) {
    REQUIRE(passes(kV6, error(type, joined(ipv6_header(58), echo(128, kIdentifier)))));
  }
  // Errors about somebody else's request, about a reply, about UDP, and cut off.
  REQUIRE(!passes(kV4, error(11, joined(ipv4_header(5, 1), echo(8, kIdentifier + 1)))));
  REQUIRE(!passes(kV4, error(11, joined(ipv4_header(5, 1), echo(0, kIdentifier)))));
  REQUIRE(!passes(kV4, error(11, joined(ipv4_header(5, 17), echo(8, kIdentifier)))));
  REQUIRE(!passes(kV6, error(3, joined(ipv6_header(17), echo(128, kIdentifier)))));
  Bytes whole = error(11, joined(ipv4_header(5, 1), echo(8, kIdentifier)));
  for (std::size_t bytes = 0; bytes < 8 + 20 + 8; ++bytes) {
    REQUIRE(!concerns_identifier(kV4, span_of(whole).first(bytes), kIdentifier));
  }
}

void completes_a_request() {
  // 0800 + 1234 + 0007 + 0102 = 1b3d in one's complement; its complement is e4c2.
  Bytes request{8, 0, 0xff, 0xff, 0, 0, 0, 7, 1, 2};
  complete_request(AddressFamily::kIpv4, std::as_writable_bytes(std::span(request)), kIdentifier);
  REQUIRE((request == Bytes{8, 0, 0xe4, 0xc2, 0x12, 0x34, 0, 7, 1, 2}));
  // An odd byte counts as the high half of a word: 0800 + 1234 + 0007 + 0102 + 0300 = 1e3d.
  Bytes odd{8, 0, 0, 0, 0, 0, 0, 7, 1, 2, 3};
  complete_request(AddressFamily::kIpv4, std::as_writable_bytes(std::span(odd)), kIdentifier);
  REQUIRE(odd[2] == 0xe1 && odd[3] == 0xc2);
  Bytes ipv6{128, 0, 0xff, 0xff, 0, 0, 0, 7};
  complete_request(AddressFamily::kIpv6, std::as_writable_bytes(std::span(ipv6)), kIdentifier);
  REQUIRE((ipv6 == Bytes{128, 0, 0, 0, 0x12, 0x34, 0, 7}));
}

}  // namespace
}  // namespace netdiag

int main() {
  netdiag::takes_the_ipv4_header_off();
  netdiag::lets_only_what_concerns_the_identifier_through();
  netdiag::completes_a_request();
  std::puts("messages of macOS: all held");
}
