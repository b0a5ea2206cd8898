#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <span>

#include "core/record_layout.h"

namespace netdiag {

/// Received records on their way to JavaScript: a bounded queue of bytes that counts what it drops.
/// Every method may be called on any thread; one lock, held only while bytes are copied.
class RecordQueue {
 public:
  /// Holds at most `capacity_bytes`, headers and padding included. Memory is taken as records come.
  explicit RecordQueue(std::size_t capacity_bytes) noexcept : capacity_bytes_(capacity_bytes) {}

  RecordQueue(const RecordQueue&) = delete;
  RecordQueue& operator=(const RecordQueue&) = delete;

  /// Appends one record, filling in its two length fields.
  /// @returns false when it was dropped and counted: no room, no memory, or data of more than 65,535 bytes.
  bool push(ReceiveRecord record, std::span<const std::byte> data) noexcept;

  /// Moves as many whole records as fit into `into`, oldest first.
  /// @returns bytes written, 0 when there is none; nothing when the first does not fit.
  [[nodiscard]] std::optional<std::size_t> take(std::span<std::byte> into) noexcept;

  /// Bytes of the records waiting.
  [[nodiscard]] std::size_t waiting_bytes() const noexcept;

  /// Records appended since the start, taken or not.
  [[nodiscard]] std::uint64_t pushed() const noexcept;

  /// Records dropped since the start.
  [[nodiscard]] std::uint64_t dropped() const noexcept;

 private:
  struct Chunk {
    std::unique_ptr<std::byte[]> bytes;
    std::size_t capacity = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  /// Room for `bytes` in one piece at the end of the last chunk, or null without memory. Called with the lock held.
  [[nodiscard]] std::byte* reserve(std::size_t bytes) noexcept;
  void discard_emptied_front() noexcept;

  const std::size_t capacity_bytes_;
  mutable std::mutex mutex_;
  std::deque<Chunk> chunks_;
  std::size_t waiting_bytes_ = 0;
  std::uint64_t pushed_ = 0;
  std::uint64_t dropped_ = 0;
};

}  // namespace netdiag
