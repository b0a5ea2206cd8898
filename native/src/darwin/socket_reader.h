#pragma once

#include <mutex>
#include <span>
#include <vector>

#include "core/record_queue.h"
#include "core/socket_options.h"
#include "posix/numeric_address.h"

struct msghdr;

namespace netdiag {

/// What one reading of a socket came to.
struct SocketRead {
  /// Something was queued.
  bool queued = false;
  /// There may be more to read at once.
  bool more = false;
};

/// Reads a socket into its queue, without what concerns other programs. Used on any thread, one at a time.
class SocketReader {
 public:
  /// `fd` must outlive the reader.
  SocketReader(int fd, AddressFamily family, std::uint16_t identifier, RecordQueue& queue)
      : fd_(fd), family_(family), identifier_(identifier), queue_(queue) {}

  /// Reads at most `messages` messages, without blocking.
  SocketRead read_available(int messages) noexcept;

 private:
  [[nodiscard]] bool queue_message(const msghdr& header, const SocketAddress& source,
                                   std::span<const std::byte> message) noexcept;

  const int fd_;
  const AddressFamily family_;
  const std::uint16_t identifier_;
  RecordQueue& queue_;
  std::mutex mutex_;
  /// Room for the largest message, made at the first reading.
  std::vector<std::byte> buffer_;
};

}  // namespace netdiag
