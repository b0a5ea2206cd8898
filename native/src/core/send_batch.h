#pragma once

#include <cstddef>
#include <span>

namespace netdiag {

/// Bytes from the first record of a batch of SendRecords to the next, or 0 when `rest` does not hold a whole one.
[[nodiscard]] std::size_t whole_send_record(std::span<const std::byte> rest) noexcept;

/// Whether a batch holds this many whole SendRecords, one after another.
[[nodiscard]] bool holds_whole_send_records(std::span<const std::byte> batch, std::size_t count) noexcept;

}  // namespace netdiag
