#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <system_error>

namespace netdiag {

/// The system's way to wait for many descriptors at once. One definition per platform.
/// add, remove and interrupt may be called on any thread; wait on one thread only.
class Poller {
 public:
  /// @throws std::system_error when the system gives no descriptor for it.
  Poller();
  ~Poller();

  /// Watches a descriptor for data and for errors; `token` names it in the answer of wait and is not 0.
  [[nodiscard]] std::error_code add(int fd, std::uint64_t token) noexcept;
  void remove(int fd) noexcept;

  /// Blocks until a descriptor is ready or interrupt was called.
  /// @returns the tokens that are ready, valid until the next call; empty after an interruption.
  [[nodiscard]] std::span<const std::uint64_t> wait() noexcept;

  /// Ends the present or the next wait.
  void interrupt() noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Makes the calling thread a worker of ours: named for debuggers, and never the one that handles a signal.
void become_receive_thread() noexcept;

}  // namespace netdiag
