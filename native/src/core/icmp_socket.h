#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <span>

#include "core/call_result.h"
#include "core/socket_options.h"

namespace netdiag {

/// One open ICMP socket: moves bytes, ancillary data and errno, and gives no meaning to them.
/// All methods belong to the thread that opened it. Destruction ends receiving and releases the descriptor.
class IcmpSocket {
 public:
  virtual ~IcmpSocket() = default;

  [[nodiscard]] virtual const SocketProperties& properties() const noexcept = 0;

  /// Sends `count` SendRecords laid one after another in `batch`, in order, without blocking; writes errno, key and
  /// stamps back into each. Nothing is sent when the batch does not hold `count` whole records (EINVAL).
  /// @returns the number of records sent.
  [[nodiscard]] virtual CallResult<std::size_t> send(std::span<std::byte> batch, std::size_t count) noexcept = 0;

  /// Moves whole ReceiveRecords into `into`, reading the kernel first unless the receive thread does.
  /// @returns bytes written; EMSGSIZE when the first record is larger than `into`.
  [[nodiscard]] virtual CallResult<std::size_t> drain(std::span<std::byte> into) noexcept = 0;

  /// Like drain, but waits for a record until the time is over (0 bytes then). EBUSY while the receive thread reads.
  [[nodiscard]] virtual CallResult<std::size_t> drain_blocking(std::span<std::byte> into,
                                                               std::chrono::nanoseconds timeout) noexcept = 0;

  /// Hands reading to the receive thread. `on_readable` is called after each batch of records was queued: on the
  /// receive thread, or on this one from within send. It must not block or throw. EBUSY when already receiving.
  [[nodiscard]] virtual CallError start_receiving(std::function<void()> on_readable) = 0;

  /// Takes reading back; on_readable is neither running nor called once this returns. What was queued stays.
  virtual void stop_receiving() noexcept = 0;

  [[nodiscard]] virtual CallError set_broadcast(bool enabled) noexcept = 0;
  [[nodiscard]] virtual CallResult<bool> broadcast() const noexcept = 0;
  [[nodiscard]] virtual SocketCounters counters() const noexcept = 0;
};

/// Opens, configures and binds a socket. One definition per platform.
/// @throws OpenError naming the call that failed; nothing stays open then.
[[nodiscard]] std::unique_ptr<IcmpSocket> open_icmp_socket(const SocketOptions& options);

}  // namespace netdiag
