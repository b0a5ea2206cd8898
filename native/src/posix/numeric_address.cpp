#include "posix/numeric_address.h"

#include <arpa/inet.h>

#include <array>
#include <charconv>
#include <cstring>

#include "core/platform.h"

namespace netdiag {
namespace {

/// Scope id of a zone: an interface's name, else its index. 0 when it is neither.
std::uint32_t scope_of_zone(const std::string& zone) {
  if (const std::uint32_t named = interface_index(zone); named != 0) {
    return named;
  }
  std::uint32_t index = 0;
  const char* const end = zone.data() + zone.size();
  const auto [rest, error] = std::from_chars(zone.data(), end, index);
  return error == std::errc() && rest == end ? index : 0;
}

std::optional<SocketAddress> parse_ipv4(const std::string& text) {
  sockaddr_in parsed{};
  parsed.sin_family = AF_INET;
  if (::inet_pton(AF_INET, text.c_str(), &parsed.sin_addr) != 1) {
    return std::nullopt;
  }
  SocketAddress address;
  std::memcpy(&address.storage, &parsed, sizeof parsed);
  address.length = sizeof parsed;
  return address;
}

std::optional<SocketAddress> parse_ipv6(const std::string& text) {
  sockaddr_in6 parsed{};
  parsed.sin6_family = AF_INET6;
  const std::size_t percent = text.find('%');
  if (::inet_pton(AF_INET6, text.substr(0, percent).c_str(), &parsed.sin6_addr) != 1) {
    return std::nullopt;
  }
  if (percent != std::string::npos) {
    parsed.sin6_scope_id = scope_of_zone(text.substr(percent + 1));
    if (parsed.sin6_scope_id == 0) {
      return std::nullopt;
    }
  }
  SocketAddress address;
  std::memcpy(&address.storage, &parsed, sizeof parsed);
  address.length = sizeof parsed;
  return address;
}

}  // namespace

SocketAddress any_address(AddressFamily family) noexcept {
  SocketAddress address;
  address.storage.ss_family = family == AddressFamily::kIpv4 ? AF_INET : AF_INET6;
  address.length = family == AddressFamily::kIpv4 ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
  return address;
}

std::optional<SocketAddress> parse_numeric_address(AddressFamily family, const std::string& text) {
  // A NUL would end the C string early and let "127.0.0.1\0x" through.
  if (text.find('\0') != std::string::npos) {
    return std::nullopt;
  }
  return family == AddressFamily::kIpv4 ? parse_ipv4(text) : parse_ipv6(text);
}

std::string format_address(const SocketAddress& address) {
  AddressBytes bytes{};
  std::uint32_t scope_id = 0;
  copy_address(address.get(), bytes, scope_id);
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (::inet_ntop(address.storage.ss_family, bytes.data(), text.data(), text.size()) == nullptr) {
    return {};
  }
  std::string formatted(text.data());
  if (scope_id != 0) {
    const std::string name = interface_name(scope_id);
    formatted += '%';
    formatted += name.empty() ? std::to_string(scope_id) : name;
  }
  return formatted;
}

void copy_address(const sockaddr* from, AddressBytes& address, std::uint32_t& scope_id) noexcept {
  if (from->sa_family == AF_INET) {
    sockaddr_in ipv4{};
    std::memcpy(&ipv4, from, sizeof ipv4);
    std::memcpy(address.data(), &ipv4.sin_addr, sizeof ipv4.sin_addr);
  } else if (from->sa_family == AF_INET6) {
    sockaddr_in6 ipv6{};
    std::memcpy(&ipv6, from, sizeof ipv6);
    std::memcpy(address.data(), &ipv6.sin6_addr, sizeof ipv6.sin6_addr);
    scope_id = ipv6.sin6_scope_id;
  }
}

}  // namespace netdiag
