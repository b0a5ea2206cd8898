// The record queue against a plain model of it, with random records, and with several threads at once.

#include "core/record_queue.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <deque>
#include <random>
#include <thread>
#include <vector>

#include "check.h"

namespace netdiag {
namespace {

constexpr std::size_t kLargestRecord = padded_to_record(sizeof(ReceiveRecord) + 65'535);

std::vector<std::byte> bytes_of(std::size_t size, unsigned seed) {
  std::vector<std::byte> bytes(size);
  for (std::byte& each : bytes) {
    each = static_cast<std::byte>(seed++);
  }
  return bytes;
}

ReceiveRecord record_with_key(std::uint32_t key) {
  ReceiveRecord record;
  record.transmit_key = key;
  return record;
}

ReceiveRecord record_at(const std::vector<std::byte>& buffer, std::size_t at) {
  ReceiveRecord record;
  std::memcpy(&record, &buffer[at], sizeof record);
  return record;
}

void keeps_a_record_as_it_was_with_its_lengths() {
  RecordQueue queue(1024);
  const std::vector<std::byte> data = bytes_of(13, 7);
  REQUIRE(queue.push(record_with_key(42), data));
  REQUIRE(queue.waiting_bytes() == 112);
  std::vector<std::byte> into(112);
  REQUIRE(queue.take(into) == std::size_t{112});
  const ReceiveRecord record = record_at(into, 0);
  REQUIRE(record.record_bytes == 112 && record.data_bytes == 13 && record.transmit_key == 42);
  REQUIRE(std::equal(data.begin(), data.end(), into.begin() + sizeof record));
  REQUIRE(into[111] == std::byte{0});
  REQUIRE(queue.take(into) == std::size_t{0});
}

void drops_and_counts_what_is_beyond_its_capacity() {
  RecordQueue queue(200);
  REQUIRE(queue.push(record_with_key(1), bytes_of(4, 0)));
  REQUIRE(!queue.push(record_with_key(2), bytes_of(4, 0)));
  REQUIRE(queue.push(record_with_key(3), {}));
  REQUIRE(queue.pushed() == 2 && queue.dropped() == 1);
  std::vector<std::byte> into(200);
  REQUIRE(queue.take(into) == std::size_t{200});
  REQUIRE(record_at(into, 104).transmit_key == 3);
  REQUIRE(queue.push(record_with_key(4), {}));
}

void says_when_the_first_record_does_not_fit_and_keeps_it() {
  RecordQueue queue(1024);
  REQUIRE(queue.push(record_with_key(1), {}));
  std::vector<std::byte> small(95);
  REQUIRE(!queue.take(small).has_value());
  REQUIRE(queue.waiting_bytes() == 96);
}

void refuses_data_that_its_length_field_cannot_tell() {
  RecordQueue queue(1 << 20);
  REQUIRE(queue.push(record_with_key(1), bytes_of(65'535, 0)));
  REQUIRE(!queue.push(record_with_key(2), bytes_of(65'536, 0)));
  REQUIRE(queue.dropped() == 1);
}

/// 300,000 random pushes and takes; the model is a list of records.
void behaves_like_a_list_of_records() {
  std::mt19937 random(20'261'122);
  const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random()) % limit; };
  for (const std::size_t capacity : {std::size_t{96}, std::size_t{10'000}, std::size_t{600'000}}) {
    RecordQueue queue(capacity);
    std::deque<std::pair<std::uint32_t, std::size_t>> model;
    std::size_t model_bytes = 0;
    std::uint64_t dropped = 0;
    std::vector<std::byte> into(kLargestRecord * 2);
    for (std::uint32_t step = 0; step < 100'000; ++step) {
      if (below(3) != 0) {
        const std::size_t size = below(50) == 0 ? below(65'536) : below(120);
        const std::size_t bytes = padded_to_record(sizeof(ReceiveRecord) + size);
        const bool fits = model_bytes + bytes <= capacity;
        REQUIRE(queue.push(record_with_key(step), bytes_of(size, step)) == fits);
        if (fits) {
          model.emplace_back(step, size);
          model_bytes += bytes;
        } else {
          ++dropped;
        }
      } else {
        const std::size_t room = below(2) == 0 ? into.size() : below(4000);
        const std::optional<std::size_t> taken = queue.take({into.data(), room});
        REQUIRE(taken.has_value() || !model.empty());
        std::size_t at = 0;
        while (at < taken.value_or(0)) {
          const ReceiveRecord record = record_at(into, at);
          const auto [key, size] = model.front();
          REQUIRE(record.transmit_key == key && record.data_bytes == size);
          REQUIRE(size == 0 || into[at + sizeof record + size - 1] == static_cast<std::byte>(key + size - 1));
          model.pop_front();
          model_bytes -= record.record_bytes;
          at += record.record_bytes;
        }
        const std::size_t next =
            model.empty() ? 0 : padded_to_record(sizeof(ReceiveRecord) + model.front().second);
        // As much as fits, and nothing only when the first does not fit.
        REQUIRE(model.empty() || at + next > room);
        REQUIRE(taken.has_value() == (at > 0 || model.empty()));
      }
      REQUIRE(queue.waiting_bytes() == model_bytes && queue.dropped() == dropped);
    }
  }
}

/// Two threads push, one takes: nothing is lost but what was counted, and each thread's records keep their order.
void survives_several_threads() {
  constexpr std::uint32_t kEach = 100'000;
  RecordQueue queue(256 * 1024);
  std::atomic<int> running{2};
  const auto produce = [&](std::uint8_t type) {
    for (std::uint32_t key = 0; key < kEach; ++key) {
      ReceiveRecord record = record_with_key(key);
      record.icmp_type = type;
      static_cast<void>(queue.push(record, bytes_of(key % 100, key)));
    }
    --running;
  };
  std::thread first(produce, std::uint8_t{0});
  std::thread second(produce, std::uint8_t{1});
  std::vector<std::byte> into(64 * 1024);
  std::int64_t last[2] = {-1, -1};
  std::uint64_t taken_records = 0;
  for (;;) {
    const bool ended = running == 0;
    const std::size_t taken = queue.take(into).value_or(0);
    for (std::size_t at = 0; at < taken;) {
      const ReceiveRecord record = record_at(into, at);
      REQUIRE(record.icmp_type < 2 && static_cast<std::int64_t>(record.transmit_key) > last[record.icmp_type]);
      last[record.icmp_type] = record.transmit_key;
      ++taken_records;
      at += record.record_bytes;
    }
    if (ended && taken == 0) {
      break;
    }
  }
  first.join();
  second.join();
  REQUIRE(taken_records == queue.pushed());
  REQUIRE(queue.pushed() + queue.dropped() == 2 * kEach);
}

}  // namespace
}  // namespace netdiag

int main() {
  netdiag::keeps_a_record_as_it_was_with_its_lengths();
  netdiag::drops_and_counts_what_is_beyond_its_capacity();
  netdiag::says_when_the_first_record_does_not_fit_and_keeps_it();
  netdiag::refuses_data_that_its_length_field_cannot_tell();
  netdiag::behaves_like_a_list_of_records();
  netdiag::survives_several_threads();
  std::puts("record queue: all held");
  return 0;
}
