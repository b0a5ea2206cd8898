#pragma once

#include <system_error>

namespace netdiag {

/// Why an operation failed: the error and the system call (or our own operation) that said so.
struct CallError {
  std::error_code code;
  const char* syscall = "";

  [[nodiscard]] explicit operator bool() const noexcept { return static_cast<bool>(code); }
};

/// The error with this errno.
[[nodiscard]] inline CallError call_error(int error_number, const char* syscall) noexcept {
  return {std::error_code(error_number, std::generic_category()), syscall};
}

/// A value, or why there is none; the value counts only without an error.
template <typename Value>
struct CallResult {
  Value value{};
  CallError error{};
};

/// Thrown by opening only, on the thread that opens.
class OpenError : public std::system_error {
 public:
  explicit OpenError(const CallError& error) : std::system_error(error.code, error.syscall), syscall_(error.syscall) {}

  [[nodiscard]] CallError error() const noexcept { return {code(), syscall_}; }

 private:
  const char* syscall_;
};

}  // namespace netdiag
