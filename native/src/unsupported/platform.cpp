// For systems whose backend is not written yet: everything answers, and opening says that it cannot.

#include "core/platform.h"

#include <cerrno>
#include <chrono>

#include "core/clocks.h"
#include "core/icmp_socket.h"

namespace netdiag {

const char* platform_name() noexcept {
  return "unsupported";
}

std::uint32_t interface_index(const std::string&) {
  return 0;
}

std::string interface_name(std::uint32_t) {
  return {};
}

ClockReading read_clocks() noexcept {
  using std::chrono::duration_cast;
  const auto realtime = std::chrono::system_clock::now().time_since_epoch();
  const auto monotonic = std::chrono::steady_clock::now().time_since_epoch();
  const auto seconds = duration_cast<std::chrono::seconds>(realtime);
  const auto nanoseconds = duration_cast<std::chrono::nanoseconds>(realtime - seconds);
  return {static_cast<std::uint32_t>(seconds.count()), static_cast<std::uint32_t>(nanoseconds.count()),
          std::chrono::duration<double, std::milli>(monotonic).count()};
}

std::unique_ptr<IcmpSocket> open_icmp_socket(const SocketOptions&) {
  throw OpenError(call_error(ENOTSUP, "socket"));
}

}  // namespace netdiag
