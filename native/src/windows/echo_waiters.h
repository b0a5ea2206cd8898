#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "windows/echo_request.h"

namespace netdiag {

/// The threads of the process that wait for answers, each for as many as WaitForMultipleObjects takes. They are made as
/// requests need them and stay.
class EchoWaiters {
 public:
  /// The threads of this process. They are never ended: a request may outlive its socket, and the system then still
  /// writes into its buffer.
  [[nodiscard]] static EchoWaiters& shared();

  /// Starts a request in a free place.
  /// @returns 0, or the errno; ENOBUFS when 2,016 requests are under way.
  [[nodiscard]] int start(const EchoSender& sender, const SendRecord& record, std::span<const std::byte> icmp,
                          ClockReading& departure) noexcept;

 private:
  /// MAXIMUM_WAIT_OBJECTS less one, which leaves the events in a 64-bit mask.
  static constexpr std::size_t kPlaces = 63;
  static constexpr std::size_t kThreads = 32;

  struct Waiter {
    Waiter() = default;
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;
    /// Only of one whose thread could not be made: the others stay.
    ~Waiter();

    std::array<void*, kPlaces> events{};
    std::array<EchoRequest, kPlaces> requests;
  };
  struct Place {
    std::size_t waiter = 0;
    std::size_t index = 0;
  };

  [[nodiscard]] std::optional<Place> acquire() noexcept;
  void release(Place place) noexcept;
  /// With the lock held. @returns whether there is one more thread now.
  [[nodiscard]] bool add_waiter() noexcept;
  void run(std::size_t waiter) noexcept;

  std::mutex mutex_;
  /// Grows only, to a capacity that is there from the start, so that threads may read it without the lock.
  std::vector<std::unique_ptr<Waiter>> waiters_;
  /// A bit for each free place of each thread.
  std::array<std::uint64_t, kThreads> free_{};
};

}  // namespace netdiag
