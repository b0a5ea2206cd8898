#include "core/clocks.h"

#include <windows.h>

namespace netdiag {
namespace {

/// Steps of the performance counter in a second; fixed while the system runs.
double counter_frequency() noexcept {
  LARGE_INTEGER frequency{};
  ::QueryPerformanceFrequency(&frequency);
  return static_cast<double>(frequency.QuadPart);
}

/// From 1601, where FILETIME begins, to 1970.
constexpr std::uint64_t kEpochOfFileTime = 11'644'473'600;
constexpr std::uint64_t kFileTimeSteps = 10'000'000;

}  // namespace

ClockReading read_clocks() noexcept {
  static const double frequency = counter_frequency();
  FILETIME realtime{};
  LARGE_INTEGER counter{};
  ::GetSystemTimePreciseAsFileTime(&realtime);
  // Last, because here the round trip is reckoned from it: nothing but the call should follow.
  ::QueryPerformanceCounter(&counter);
  const std::uint64_t steps = (std::uint64_t{realtime.dwHighDateTime} << 32) | realtime.dwLowDateTime;
  return {static_cast<std::uint32_t>(steps / kFileTimeSteps - kEpochOfFileTime),
          static_cast<std::uint32_t>(steps % kFileTimeSteps * 100),
          static_cast<double>(counter.QuadPart) * 1e3 / frequency};
}

}  // namespace netdiag
