#pragma once

namespace netdiag {

/// Name of an errno, e.g. "EACCES"; "UNKNOWN" for one that is not listed.
[[nodiscard]] const char* error_name(int error_number) noexcept;

}  // namespace netdiag
