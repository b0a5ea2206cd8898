#pragma once

#include <cstdint>
#include <string>

namespace netdiag {

/// Which backend was built, by Node's names: "linux", "darwin" or "win32"; "unsupported" where opening fails with ENOTSUP.
[[nodiscard]] const char* platform_name() noexcept;

/// Index of a network interface, 0 when there is none of that name.
[[nodiscard]] std::uint32_t interface_index(const std::string& name);

/// Name of a network interface, empty when there is none of that index.
[[nodiscard]] std::string interface_name(std::uint32_t index);

}  // namespace netdiag
