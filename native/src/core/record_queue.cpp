#include "core/record_queue.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <new>

namespace netdiag {
namespace {

/// First chunk of a socket: a few dozen echo replies, so that a thousand idle sockets cost little.
constexpr std::size_t kSmallestChunk = 8 * 1024;
/// Chunks double up to this; under 128 KiB so that the allocator reuses them instead of mapping pages anew.
constexpr std::size_t kLargestChunk = 120 * 1024;

std::uint32_t record_bytes_at(const std::byte* record) noexcept {
  std::uint32_t bytes = 0;
  std::memcpy(&bytes, record, sizeof bytes);
  return bytes;
}

}  // namespace

bool RecordQueue::push(ReceiveRecord record, std::span<const std::byte> data) noexcept {
  const std::size_t used = sizeof record + data.size();
  const std::size_t padded = padded_to_record(used);
  const std::lock_guard lock(mutex_);
  const bool fits = data.size() <= std::numeric_limits<std::uint16_t>::max() && padded <= capacity_bytes_ &&
                    waiting_bytes_ <= capacity_bytes_ - padded;
  std::byte* const at = fits ? reserve(padded) : nullptr;
  if (at == nullptr) {
    ++dropped_;
    return false;
  }
  record.record_bytes = static_cast<std::uint32_t>(padded);
  record.data_bytes = static_cast<std::uint16_t>(data.size());
  std::memcpy(at, &record, sizeof record);
  if (!data.empty()) {
    std::memcpy(at + sizeof record, data.data(), data.size());
  }
  std::memset(at + used, 0, padded - used);
  chunks_.back().end += padded;
  waiting_bytes_ += padded;
  ++pushed_;
  return true;
}

std::optional<std::size_t> RecordQueue::take(std::span<std::byte> into) noexcept {
  const std::lock_guard lock(mutex_);
  std::size_t written = 0;
  while (waiting_bytes_ > 0) {
    Chunk& chunk = chunks_.front();
    std::size_t run = 0;
    while (chunk.begin + run < chunk.end) {
      const std::size_t next = record_bytes_at(&chunk.bytes[chunk.begin + run]);
      if (written + run + next > into.size()) {
        break;
      }
      run += next;
    }
    if (run == 0) {
      break;
    }
    std::memcpy(into.data() + written, &chunk.bytes[chunk.begin], run);
    chunk.begin += run;
    written += run;
    waiting_bytes_ -= run;
    if (chunk.begin != chunk.end) {
      break;
    }
    discard_emptied_front();
  }
  return written == 0 && waiting_bytes_ > 0 ? std::nullopt : std::optional(written);
}

std::size_t RecordQueue::waiting_bytes() const noexcept {
  const std::lock_guard lock(mutex_);
  return waiting_bytes_;
}

std::uint64_t RecordQueue::pushed() const noexcept {
  const std::lock_guard lock(mutex_);
  return pushed_;
}

std::uint64_t RecordQueue::dropped() const noexcept {
  const std::lock_guard lock(mutex_);
  return dropped_;
}

std::byte* RecordQueue::reserve(std::size_t bytes) noexcept {
  if (!chunks_.empty() && chunks_.back().capacity - chunks_.back().end >= bytes) {
    return &chunks_.back().bytes[chunks_.back().end];
  }
  const std::size_t doubled = chunks_.empty() ? kSmallestChunk : std::min(chunks_.back().capacity * 2, kLargestChunk);
  try {
    Chunk chunk;
    chunk.capacity = std::max(doubled, bytes);
    chunk.bytes = std::make_unique_for_overwrite<std::byte[]>(chunk.capacity);
    // An emptied chunk that was kept but is too small for this record would otherwise stay in front for ever.
    if (chunks_.size() == 1 && chunks_.front().begin == chunks_.front().end) {
      chunks_.clear();
    }
    chunks_.push_back(std::move(chunk));
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
  return chunks_.back().bytes.get();
}

void RecordQueue::discard_emptied_front() noexcept {
  if (chunks_.size() > 1) {
    chunks_.pop_front();
    return;
  }
  chunks_.front().begin = 0;
  chunks_.front().end = 0;
}

}  // namespace netdiag
