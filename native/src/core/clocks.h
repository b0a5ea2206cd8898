#pragma once

#include <cstdint>

namespace netdiag {

/// Wall time and monotonic time of one moment: CLOCK_REALTIME since the epoch, CLOCK_MONOTONIC in ms.
struct ClockReading {
  std::uint32_t realtime_seconds = 0;
  std::uint32_t realtime_nanoseconds = 0;
  double monotonic_ms = 0;
};

/// Reads the monotonic clock, then the realtime one: the latter is what a round trip is reckoned from.
[[nodiscard]] ClockReading read_clocks() noexcept;

}  // namespace netdiag
