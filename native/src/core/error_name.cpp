#include "core/error_name.h"

#include <array>
#include <cerrno>

namespace netdiag {
namespace {

struct NamedError {
  int number;
  const char* name;
};

/// What opening, binding, configuring, sending and receiving can fail with. strerrorname_np() is glibc's alone.
constexpr std::array kNamedErrors{
    NamedError{EACCES, "EACCES"},
    NamedError{EADDRINUSE, "EADDRINUSE"},
    NamedError{EADDRNOTAVAIL, "EADDRNOTAVAIL"},
    NamedError{EAFNOSUPPORT, "EAFNOSUPPORT"},
    NamedError{EAGAIN, "EAGAIN"},
    NamedError{EALREADY, "EALREADY"},
    NamedError{EBADF, "EBADF"},
    NamedError{EBUSY, "EBUSY"},
    NamedError{ECONNREFUSED, "ECONNREFUSED"},
    NamedError{EDESTADDRREQ, "EDESTADDRREQ"},
    NamedError{EFAULT, "EFAULT"},
    NamedError{EHOSTUNREACH, "EHOSTUNREACH"},
    NamedError{EINTR, "EINTR"},
    NamedError{EINVAL, "EINVAL"},
    NamedError{EIO, "EIO"},
    NamedError{EMFILE, "EMFILE"},
    NamedError{EMSGSIZE, "EMSGSIZE"},
    NamedError{ENETDOWN, "ENETDOWN"},
    NamedError{ENETUNREACH, "ENETUNREACH"},
    NamedError{ENFILE, "ENFILE"},
    NamedError{ENOBUFS, "ENOBUFS"},
    NamedError{ENODEV, "ENODEV"},
    NamedError{ENOENT, "ENOENT"},
    NamedError{ENOMEM, "ENOMEM"},
    NamedError{ENOPROTOOPT, "ENOPROTOOPT"},
    NamedError{ENOSYS, "ENOSYS"},
    NamedError{ENOTCONN, "ENOTCONN"},
    NamedError{ENOTSUP, "ENOTSUP"},
    NamedError{ENXIO, "ENXIO"},
    NamedError{EPERM, "EPERM"},
    NamedError{EPROTO, "EPROTO"},
    NamedError{EPROTONOSUPPORT, "EPROTONOSUPPORT"},
    NamedError{EPROTOTYPE, "EPROTOTYPE"},
    NamedError{ETIMEDOUT, "ETIMEDOUT"},
};

}  // namespace

const char* error_name(int error_number) noexcept {
  for (const NamedError& error : kNamedErrors) {
    if (error.number == error_number) {
      return error.name;
    }
  }
  return "UNKNOWN";
}

}  // namespace netdiag
