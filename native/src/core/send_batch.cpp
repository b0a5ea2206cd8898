#include "core/send_batch.h"

#include <cstdint>
#include <cstring>

#include "core/record_layout.h"

namespace netdiag {

std::size_t whole_send_record(std::span<const std::byte> rest) noexcept {
  if (rest.size() < sizeof(SendRecord)) {
    return 0;
  }
  std::uint16_t icmp_bytes = 0;
  std::memcpy(&icmp_bytes, rest.data() + offsetof(SendRecord, icmp_bytes), sizeof icmp_bytes);
  const std::size_t bytes = padded_to_record(sizeof(SendRecord) + icmp_bytes);
  return bytes <= rest.size() ? bytes : 0;
}

bool holds_whole_send_records(std::span<const std::byte> batch, std::size_t count) noexcept {
  for (std::size_t index = 0; index < count; ++index) {
    const std::size_t bytes = whole_send_record(batch);
    if (bytes == 0) {
      return false;
    }
    batch = batch.subspan(bytes);
  }
  return true;
}

}  // namespace netdiag
