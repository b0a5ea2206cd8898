#include "core/platform.h"

#include <winsock2.h>

#include <iphlpapi.h>
#include <netioapi.h>

namespace netdiag {
namespace {

/// Text as Windows wants it, empty when it is no UTF-8.
std::wstring wide(const std::string& text) {
  const int length = ::MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text.data(), static_cast<int>(text.size()),
                                           nullptr, 0);
  std::wstring made(static_cast<std::size_t>(length), L'\0');
  ::MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text.data(), static_cast<int>(text.size()), made.data(), length);
  return made;
}

}  // namespace

const char* platform_name() noexcept {
  return "win32";
}

/// By the name that Windows shows, such as "Ethernet": Node gives interfaces these names too.
std::uint32_t interface_index(const std::string& name) {
  NET_LUID luid{};
  NET_IFINDEX index = 0;
  const bool is_known = !name.empty() && ::ConvertInterfaceAliasToLuid(wide(name).c_str(), &luid) == NO_ERROR &&
                        ::ConvertInterfaceLuidToIndex(&luid, &index) == NO_ERROR;
  return is_known ? index : 0;
}

/// None: Windows writes the zone of an address as the interface's index, and names have spaces.
std::string interface_name(std::uint32_t) {
  return {};
}

}  // namespace netdiag
