#include <net/if.h>

#include <array>

#include "core/platform.h"

namespace netdiag {

std::uint32_t interface_index(const std::string& name) {
  return ::if_nametoindex(name.c_str());
}

std::string interface_name(std::uint32_t index) {
  std::array<char, IF_NAMESIZE> name{};
  return ::if_indextoname(index, name.data()) == nullptr ? std::string() : std::string(name.data());
}

}  // namespace netdiag
