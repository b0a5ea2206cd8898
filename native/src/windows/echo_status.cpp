#include "windows/echo_status.h"

#include <array>
#include <cerrno>
#include <span>

namespace netdiag {
namespace {

/// IP_STATUS values of ipexport.h, by their meaning in IPv4; Windows uses the same numbers for both families.
enum Status : std::uint32_t {
  kSuccess = 0,
  kBufferTooSmall = 11001,
  kNetUnreachable = 11002,
  kHostUnreachable = 11003,
  kProtocolUnreachable = 11004,
  kPortUnreachable = 11005,
  kNoResources = 11006,
  kBadOption = 11007,
  kPacketTooBig = 11009,
  kTimedOut = 11010,
  kBadRoute = 11012,
  kHopLimitExceeded = 11013,
  kReassemblyExceeded = 11014,
  kParameterProblem = 11015,
  kSourceQuench = 11016,
  kBadDestination = 11018,
  kNegotiatingIpsec = 11032,
  kUnreachable = 11040,
  kTimeExceeded = 11041,
  kBadHeader = 11042,
  kUnrecognizedNextHeader = 11043,
  kIcmpError = 11044,
  kScopeMismatch = 11045,
};

/// −1 for a type or a code that the status leaves open.
constexpr int kOpen = -1;

struct IcmpStatus {
  std::uint32_t status;
  int type;
  int code;
  /// What it is when this machine itself said it.
  int error_number;
};

/// RFC 792. Windows says "net unreachable" of "communication administratively prohibited" (13) and others too
/// (Microsoft's KB 325122 gives ERROR_NETWORK_UNREACHABLE for it), so that no code can be given for it.
constexpr std::array kIpv4{
    IcmpStatus{kNetUnreachable, 3, kOpen, ENETUNREACH},
    IcmpStatus{kHostUnreachable, 3, 1, EHOSTUNREACH},
    IcmpStatus{kProtocolUnreachable, 3, 2, EHOSTUNREACH},
    IcmpStatus{kPortUnreachable, 3, 3, EHOSTUNREACH},
    IcmpStatus{kPacketTooBig, 3, 4, EMSGSIZE},
    IcmpStatus{kBadRoute, 3, 5, EHOSTUNREACH},
    IcmpStatus{kHopLimitExceeded, 11, 0, EHOSTUNREACH},
    IcmpStatus{kReassemblyExceeded, 11, 1, EHOSTUNREACH},
    IcmpStatus{kParameterProblem, 12, kOpen, EINVAL},
    IcmpStatus{kSourceQuench, 4, 0, ENOBUFS},
    IcmpStatus{kUnreachable, 3, kOpen, EHOSTUNREACH},
    IcmpStatus{kTimeExceeded, 11, kOpen, EHOSTUNREACH},
    IcmpStatus{kIcmpError, kOpen, kOpen, EIO},
};

/// RFC 4443 §3; ipexport.h names 11002 to 11005 anew for IPv6: no route, address unreachable, prohibited, port.
constexpr std::array kIpv6{
    IcmpStatus{kNetUnreachable, 1, 0, ENETUNREACH},
    IcmpStatus{kHostUnreachable, 1, 3, EHOSTUNREACH},
    IcmpStatus{kProtocolUnreachable, 1, 1, EACCES},
    IcmpStatus{kPortUnreachable, 1, 4, EHOSTUNREACH},
    IcmpStatus{kPacketTooBig, 2, 0, EMSGSIZE},
    IcmpStatus{kHopLimitExceeded, 3, 0, EHOSTUNREACH},
    IcmpStatus{kReassemblyExceeded, 3, 1, EHOSTUNREACH},
    IcmpStatus{kParameterProblem, 4, kOpen, EINVAL},
    IcmpStatus{kUnreachable, 1, kOpen, EHOSTUNREACH},
    IcmpStatus{kTimeExceeded, 3, kOpen, EHOSTUNREACH},
    IcmpStatus{kBadHeader, 4, 0, EINVAL},
    IcmpStatus{kUnrecognizedNextHeader, 4, 1, EINVAL},
    IcmpStatus{kIcmpError, kOpen, kOpen, EIO},
    IcmpStatus{kScopeMismatch, 1, 2, EHOSTUNREACH},
};

std::optional<std::uint8_t> told(int value) noexcept {
  return value == kOpen ? std::nullopt : std::optional(static_cast<std::uint8_t>(value));
}

struct NumberedError {
  std::uint32_t error;
  int error_number;
};

/// winerror.h and the statuses that are failures of this machine. What is not here, 11050 (IP_GENERAL_FAILURE) for one,
/// has no errno of the same meaning.
constexpr std::array kErrors{
    NumberedError{5, EACCES},           // ERROR_ACCESS_DENIED
    NumberedError{8, ENOMEM},           // ERROR_NOT_ENOUGH_MEMORY
    NumberedError{14, ENOMEM},          // ERROR_OUTOFMEMORY
    NumberedError{50, EAFNOSUPPORT},    // ERROR_NOT_SUPPORTED, of an interface that is not there
    NumberedError{87, EINVAL},          // ERROR_INVALID_PARAMETER
    NumberedError{120, EAFNOSUPPORT},   // ERROR_CALL_NOT_IMPLEMENTED
    NumberedError{1214, EINVAL},        // ERROR_INVALID_NETNAME: the source is not this machine's
    NumberedError{1231, ENETUNREACH},   // ERROR_NETWORK_UNREACHABLE
    NumberedError{1232, EHOSTUNREACH},  // ERROR_HOST_UNREACHABLE
    NumberedError{1450, ENOBUFS},       // ERROR_NO_SYSTEM_RESOURCES
    NumberedError{1784, EMSGSIZE},      // ERROR_INVALID_USER_BUFFER
    NumberedError{10013, EACCES},       // WSAEACCES
    NumberedError{10022, EINVAL},       // WSAEINVAL
    NumberedError{10024, EMFILE},       // WSAEMFILE
    NumberedError{10047, EAFNOSUPPORT},    // WSAEAFNOSUPPORT
    NumberedError{10048, EADDRINUSE},      // WSAEADDRINUSE
    NumberedError{10049, EADDRNOTAVAIL},   // WSAEADDRNOTAVAIL
    NumberedError{10050, ENETDOWN},        // WSAENETDOWN
    NumberedError{10051, ENETUNREACH},     // WSAENETUNREACH
    NumberedError{10055, ENOBUFS},         // WSAENOBUFS
    NumberedError{10065, EHOSTUNREACH},    // WSAEHOSTUNREACH
    NumberedError{kNetUnreachable, ENETUNREACH},
    NumberedError{kHostUnreachable, EHOSTUNREACH},
    NumberedError{kNoResources, ENOBUFS},
    NumberedError{kBadOption, EINVAL},
    NumberedError{kPacketTooBig, EMSGSIZE},
    NumberedError{kBadDestination, EINVAL},
    NumberedError{kNegotiatingIpsec, EAGAIN},
};

}  // namespace

EchoFate fate_of_status(AddressFamily family, std::uint32_t status) noexcept {
  if (status == kSuccess) {
    return {.kind = EchoFate::Kind::kReply, .icmp_type = {}, .icmp_code = {}, .error_number = 0};
  }
  if (status == kTimedOut) {
    return {.kind = EchoFate::Kind::kTimedOut, .icmp_type = {}, .icmp_code = {}, .error_number = 0};
  }
  if (status == kBufferTooSmall) {
    return {.kind = EchoFate::Kind::kTooMuch, .icmp_type = {}, .icmp_code = {}, .error_number = 0};
  }
  const std::span<const IcmpStatus> known =
      family == AddressFamily::kIpv4 ? std::span<const IcmpStatus>(kIpv4) : std::span<const IcmpStatus>(kIpv6);
  for (const IcmpStatus& each : known) {
    if (each.status == status) {
      return {.kind = EchoFate::Kind::kIcmpError,
              .icmp_type = told(each.type),
              .icmp_code = told(each.code),
              .error_number = each.error_number};
    }
  }
  return {.kind = EchoFate::Kind::kFailure,
          .icmp_type = {},
          .icmp_code = {},
          .error_number = errno_of_windows_error(status)};
}

int errno_of_windows_error(std::uint32_t error) noexcept {
  for (const NumberedError& each : kErrors) {
    if (each.error == error) {
      return each.error_number;
    }
  }
  return EIO;
}

}  // namespace netdiag
