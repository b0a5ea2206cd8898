#include "posix/numeric_address.h"

#include <string>

#include "check.h"

namespace netdiag {
namespace {

std::string round_trip(AddressFamily family, const std::string& text) {
  const auto parsed = parse_numeric_address(family, text);
  return parsed ? format_address(*parsed) : "refused";
}

void reads_numeric_addresses_of_the_family_only() {
  constexpr auto k4 = AddressFamily::kIpv4;
  constexpr auto k6 = AddressFamily::kIpv6;
  REQUIRE(round_trip(k4, "127.0.0.1") == "127.0.0.1");
  REQUIRE(round_trip(k6, "2001:DB8:0:0::1") == "2001:db8::1");
  for (const char* const text : {"", "::1", "256.1.1.1", "1.2.3", "localhost", "127.0.0.1%lo", " 127.0.0.1"}) {
    REQUIRE(round_trip(k4, text) == "refused");
  }
  for (const char* const text :
       {"", "127.0.0.1", "::g", "fe80::1%", "fe80::1%no-such-one", "fe80::1%0", "fe80::1%1x"}) {
    REQUIRE(round_trip(k6, text) == "refused");
  }
  REQUIRE(round_trip(k4, std::string("127.0.0.1\0x", 11)) == "refused");
}

void keeps_the_zone_by_name_and_by_index() {
  REQUIRE(round_trip(AddressFamily::kIpv6, "fe80::1%lo") == "fe80::1%lo");
  REQUIRE(round_trip(AddressFamily::kIpv6, "fe80::1%1") == "fe80::1%lo");
}

}  // namespace
}  // namespace netdiag

int main() {
  netdiag::reads_numeric_addresses_of_the_family_only();
  netdiag::keeps_the_zone_by_name_and_by_index();
  std::puts("numeric addresses: all held");
  return 0;
}
