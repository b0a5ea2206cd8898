#pragma once

#include <functional>
#include <memory>

#include "core/icmp_socket.h"
#include "core/record_queue.h"
#include "darwin/batch_sender.h"
#include "darwin/socket_opening.h"
#include "darwin/socket_reader.h"
#include "posix/receive_loop.h"

namespace netdiag {

/// An ICMP datagram socket of macOS, open to every account. There is no error queue: errors of routers are data.
class DarwinIcmpSocket final : public IcmpSocket, private Readable {
 public:
  DarwinIcmpSocket(OpenedSocket opened, const SocketOptions& options);
  ~DarwinIcmpSocket() override;

  [[nodiscard]] const SocketProperties& properties() const noexcept override { return properties_; }
  [[nodiscard]] CallResult<std::size_t> send(std::span<std::byte> batch, std::size_t count) noexcept override;
  [[nodiscard]] CallResult<std::size_t> drain(std::span<std::byte> into) noexcept override;
  [[nodiscard]] CallResult<std::size_t> drain_blocking(std::span<std::byte> into,
                                                       std::chrono::nanoseconds timeout) noexcept override;
  [[nodiscard]] CallError start_receiving(std::function<void()> on_readable) override;
  void stop_receiving() noexcept override;
  [[nodiscard]] CallError set_broadcast(bool enabled) noexcept override;
  [[nodiscard]] CallResult<bool> broadcast() const noexcept override;
  [[nodiscard]] SocketCounters counters() const noexcept override;

 private:
  [[nodiscard]] int descriptor() const noexcept override { return fd_.get(); }
  [[nodiscard]] bool read_available() noexcept override;
  [[nodiscard]] CallResult<std::size_t> take(std::span<std::byte> into) noexcept;

  const FileDescriptor fd_;
  const SocketProperties properties_;
  RecordQueue queue_;
  SocketReader reader_;
  BatchSender sender_;
  std::uint64_t sent_ = 0;
  std::uint64_t send_errors_ = 0;
  /// Set before the receive thread knows this socket and unchanged while it does.
  std::function<void()> on_readable_;
  /// Held while the receive thread reads this socket.
  std::shared_ptr<ReceiveLoop> loop_;
};

}  // namespace netdiag
