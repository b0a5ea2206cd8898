#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/clocks.h"
#include "core/record_inbox.h"
#include "core/record_layout.h"
#include "core/socket_options.h"

namespace netdiag {

/// Bytes of an echo message's header, which the echo interface writes itself.
inline constexpr std::size_t kEchoHeaderBytes = 8;

/// A handle of IcmpCreateFile or Icmp6CreateFile. Each request under way holds it, so that it is closed only when the
/// system is done with every buffer.
class EchoHandle {
 public:
  /// @throws OpenError when the system has no such interface.
  explicit EchoHandle(AddressFamily family);
  EchoHandle(const EchoHandle&) = delete;
  EchoHandle& operator=(const EchoHandle&) = delete;
  ~EchoHandle();

  [[nodiscard]] void* get() const noexcept { return handle_; }
  [[nodiscard]] AddressFamily family() const noexcept { return family_; }

 private:
  const AddressFamily family_;
  void* handle_;
};

/// A source address: any, unless it was asked for.
struct EchoSource {
  AddressBytes address{};
  std::uint32_t scope_id = 0;
};

/// What all requests of a socket have in common.
struct EchoSender {
  std::shared_ptr<EchoHandle> handle;
  std::shared_ptr<RecordInbox> inbox;
  EchoSource source;
  bool dont_fragment = false;
};

/// A request under way. It owns what the system writes into, from the call until its event was signalled.
class EchoRequest {
 public:
  /// Asks the system to send `record` with `icmp` behind it, and to signal `event` at its end.
  /// @param departure is filled in with the moment just before the system was asked
  /// @returns 0, or the errno; then the event will not be signalled.
  [[nodiscard]] int start(const EchoSender& sender, const SendRecord& record, std::span<const std::byte> icmp,
                          void* event, ClockReading& departure) noexcept;

  /// Its event was signalled, as noticed at `woken`: delivers the answer, if there is one, and lets go of everything.
  void finish(const ClockReading& woken) noexcept;

 private:
  [[nodiscard]] std::uint32_t send(const SendRecord& record, const EchoSender& sender, void* event,
                                   ClockReading& departure) noexcept;

  std::shared_ptr<EchoHandle> handle_;
  std::shared_ptr<RecordInbox> inbox_;
  AddressBytes destination_{};
  /// The request as it was given, header and all; the interface takes what is behind the header.
  std::vector<std::byte> request_;
  std::vector<std::byte> reply_;
};

}  // namespace netdiag
