#include <atomic>
#include <cerrno>
#include <cstring>
#include <utility>

#include "core/clocks.h"
#include "core/icmp_socket.h"
#include "core/record_inbox.h"
#include "core/send_batch.h"
#include "windows/echo_waiters.h"
#include "windows/source_address.h"

namespace netdiag {
namespace {

/// Most data that the interface takes: what fits an IPv4 packet, header and all; 65,500 bytes by Microsoft's ping.
constexpr std::size_t kLargestData = 65'500;

/// Requests of this program are told apart by it, and it never leaves the machine: Windows numbers requests itself.
/// Not 0, which says that a socket has none.
std::uint16_t next_identifier() noexcept {
  static std::atomic<std::uint32_t> opened{0};
  return static_cast<std::uint16_t>(opened++ % 65'535 + 1);
}

/// Echo requests by the interface that Windows offers to everybody, in place of a socket.
class WindowsIcmpSocket final : public IcmpSocket {
 public:
  explicit WindowsIcmpSocket(const SocketOptions& options)
      : sender_{.handle = std::make_shared<EchoHandle>(options.family),
                .inbox = std::make_shared<RecordInbox>(options.queue_bytes),
                .source = {},
                .dont_fragment = options.dont_fragment == DontFragment::kSet} {
    properties_.identifier = next_identifier();
    if (options.address) {
      NamedSource named = own_source_address(options.family, *options.address);
      sender_.source = named.source;
      properties_.local_address = std::move(named.text);
    }
  }
  WindowsIcmpSocket(const WindowsIcmpSocket&) = delete;
  WindowsIcmpSocket& operator=(const WindowsIcmpSocket&) = delete;
  ~WindowsIcmpSocket() override { sender_.inbox->stop_listening(); }

  [[nodiscard]] const SocketProperties& properties() const noexcept override { return properties_; }

  [[nodiscard]] CallResult<std::size_t> send(std::span<std::byte> batch, std::size_t count) noexcept override {
    if (!holds_whole_send_records(batch, count)) {
      return {0, call_error(EINVAL, "send")};
    }
    std::size_t sent = 0;
    for (std::size_t index = 0; index < count; ++index) {
      const std::size_t bytes = whole_send_record(batch);
      sent += send_one(batch) ? 1 : 0;
      batch = batch.subspan(bytes);
    }
    sent_ += sent;
    send_errors_ += count - sent;
    return {sent, {}};
  }

  [[nodiscard]] CallResult<std::size_t> drain(std::span<std::byte> into) noexcept override {
    return sender_.inbox->take(into);
  }

  [[nodiscard]] CallResult<std::size_t> drain_blocking(std::span<std::byte> into,
                                                       std::chrono::nanoseconds timeout) noexcept override {
    if (sender_.inbox->is_listened_to()) {
      return {0, call_error(EBUSY, "drainBlocking")};
    }
    return sender_.inbox->take_waiting(into, timeout);
  }

  [[nodiscard]] CallError start_receiving(std::function<void()> on_readable) override {
    if (sender_.inbox->is_listened_to()) {
      return call_error(EBUSY, "startReceiving");
    }
    sender_.inbox->listen(std::move(on_readable));
    return {};
  }

  void stop_receiving() noexcept override { sender_.inbox->stop_listening(); }

  [[nodiscard]] CallError set_broadcast(bool) noexcept override { return call_error(ENOTSUP, "setBroadcast"); }

  [[nodiscard]] CallResult<bool> broadcast() const noexcept override { return {false, {}}; }

  [[nodiscard]] SocketCounters counters() const noexcept override {
    SocketCounters counters;
    counters.queue_drops = sender_.inbox->queue().dropped();
    counters.received = sender_.inbox->queue().pushed();
    counters.sent = sent_;
    counters.send_errors = send_errors_;
    return counters;
  }

 private:
  /// Starts the first request of the batch and writes its fate back. @returns whether it was sent.
  bool send_one(std::span<std::byte> batch) noexcept {
    SendRecord record;
    std::memcpy(&record, batch.data(), sizeof record);
    const std::span<const std::byte> icmp = batch.subspan(sizeof record, record.icmp_bytes);
    record.transmit_key = 0;
    record.transmit_seconds = 0;
    record.transmit_nanoseconds = 0;
    // Where nothing is asked of the system, now.
    ClockReading departure = read_clocks();
    record.error_number = start(record, icmp, departure);
    record.realtime_seconds = departure.realtime_seconds;
    record.realtime_nanoseconds = departure.realtime_nanoseconds;
    record.monotonic_ms = departure.monotonic_ms;
    std::memcpy(batch.data(), &record, sizeof record);
    return record.error_number == 0;
  }

  [[nodiscard]] int start(const SendRecord& record, std::span<const std::byte> icmp,
                          ClockReading& departure) const noexcept {
    if (icmp.size() < kEchoHeaderBytes) {
      return EINVAL;
    }
    if (icmp.size() - kEchoHeaderBytes > kLargestData) {
      return EMSGSIZE;
    }
    // Current Windows ignores the field it has for this: saying so is better than a packet without it.
    if (record.traffic_class != 0) {
      return ENOTSUP;
    }
    return EchoWaiters::shared().start(sender_, record, icmp, departure);
  }

  EchoSender sender_;
  SocketProperties properties_;
  std::uint64_t sent_ = 0;
  std::uint64_t send_errors_ = 0;
};

}  // namespace

std::unique_ptr<IcmpSocket> open_icmp_socket(const SocketOptions& options) {
  if (options.kind != SocketKind::kEchoApi) {
    throw OpenError(call_error(EPROTONOSUPPORT, "socket"));
  }
  // The interface chooses the way by the routes; a source address is all it lets one choose.
  if (options.interface_name) {
    throw OpenError(call_error(ENOTSUP, "bind"));
  }
  // The flag is IPv4's alone. An IPv6 packet that is too big for the path is cut by this machine itself.
  if (options.family == AddressFamily::kIpv6 && options.dont_fragment == DontFragment::kSet) {
    throw OpenError(call_error(ENOTSUP, "setsockopt"));
  }
  return std::make_unique<WindowsIcmpSocket>(options);
}

}  // namespace netdiag
