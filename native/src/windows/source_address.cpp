#include "windows/windows_headers.h"

#include "windows/source_address.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>
#include <span>

#include "core/call_result.h"
#include "core/platform.h"
#include "windows/echo_status.h"

namespace netdiag {
namespace {

[[noreturn]] void fail(int error_number) {
  throw OpenError(call_error(error_number, "bind"));
}

std::uint32_t scope_of_zone(const std::string& zone) {
  std::uint32_t index = 0;
  const char* const end = zone.data() + zone.size();
  const auto [rest, error] = std::from_chars(zone.data(), end, index);
  return error == std::errc() && rest == end ? index : interface_index(zone);
}

struct FreeTable {
  void operator()(MIB_UNICASTIPADDRESS_TABLE* table) const noexcept { ::FreeMibTable(table); }
};

/// Finds the address among those of this machine, and gives one of a link its zone. The echo interface itself would say
/// only at the first request that a source is not its own.
bool is_own(AddressFamily family, EchoSource& source) {
  // All of 127.0.0.0/8 is, though one address alone is listed.
  if (family == AddressFamily::kIpv4 && source.address[0] == 127) {
    return true;
  }
  MIB_UNICASTIPADDRESS_TABLE* listed = nullptr;
  const DWORD error = ::GetUnicastIpAddressTable(family == AddressFamily::kIpv4 ? AF_INET : AF_INET6, &listed);
  if (error != NO_ERROR) {
    fail(errno_of_windows_error(error));
  }
  const std::unique_ptr<MIB_UNICASTIPADDRESS_TABLE, FreeTable> table(listed);
  for (const MIB_UNICASTIPADDRESS_ROW& row : std::span(table->Table, table->NumEntries)) {
    AddressBytes own{};
    if (family == AddressFamily::kIpv4) {
      std::memcpy(own.data(), &row.Address.Ipv4.sin_addr, sizeof row.Address.Ipv4.sin_addr);
    } else {
      std::memcpy(own.data(), &row.Address.Ipv6.sin6_addr, sizeof row.Address.Ipv6.sin6_addr);
    }
    const bool is_link_local = family == AddressFamily::kIpv6 && own[0] == 0xfe && (own[1] & 0xc0) == 0x80;
    const bool is_of_zone = !is_link_local || source.scope_id == 0 || source.scope_id == row.InterfaceIndex;
    if (own == source.address && is_of_zone) {
      source.scope_id = is_link_local ? static_cast<std::uint32_t>(row.InterfaceIndex) : 0;
      return true;
    }
  }
  return false;
}

}  // namespace

NamedSource own_source_address(AddressFamily family, const std::string& text) {
  // A NUL would end the C string early and let "127.0.0.1\0x" through.
  if (text.find('\0') != std::string::npos) {
    fail(EADDRNOTAVAIL);
  }
  NamedSource named;
  const std::size_t percent = text.find('%');
  const int system_family = family == AddressFamily::kIpv4 ? AF_INET : AF_INET6;
  if (::inet_pton(system_family, text.substr(0, percent).c_str(), named.source.address.data()) != 1) {
    fail(EADDRNOTAVAIL);
  }
  if (percent != std::string::npos) {
    named.source.scope_id = family == AddressFamily::kIpv4 ? 0 : scope_of_zone(text.substr(percent + 1));
    if (named.source.scope_id == 0) {
      fail(EADDRNOTAVAIL);
    }
  }
  if (!is_own(family, named.source)) {
    fail(EADDRNOTAVAIL);
  }
  std::array<char, INET6_ADDRSTRLEN> written{};
  ::inet_ntop(system_family, named.source.address.data(), written.data(), written.size());
  named.text = written.data();
  if (named.source.scope_id != 0) {
    named.text += '%' + std::to_string(named.source.scope_id);
  }
  return named;
}

}  // namespace netdiag
