#include "core/clocks.h"

#include <ctime>

namespace netdiag {

ClockReading read_clocks() noexcept {
  timespec realtime{};
  timespec monotonic{};
  ::clock_gettime(CLOCK_MONOTONIC, &monotonic);
  // Last, because the round trip is reckoned from it: nothing but the system call should follow.
  ::clock_gettime(CLOCK_REALTIME, &realtime);
  return {static_cast<std::uint32_t>(realtime.tv_sec), static_cast<std::uint32_t>(realtime.tv_nsec),
          static_cast<double>(monotonic.tv_sec) * 1e3 + static_cast<double>(monotonic.tv_nsec) / 1e6};
}

}  // namespace netdiag
