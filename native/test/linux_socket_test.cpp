// The Linux backend without Node, on the loopback of a network namespace of its own (run-sanitizers.mjs makes it).

#include <net/if.h>

#include <atomic>
#include <cstring>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "check.h"
#include "core/record_layout.h"
#include "linux/linux_icmp_socket.h"
#include "loopback_requests.h"

namespace netdiag {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

struct Seen {
  std::size_t replies = 0;
  std::size_t stamps = 0;
};

/// Counts the records of one drain. Replies must come in order, and each after the stamp of its own packet.
void count_records(const std::vector<std::byte>& buffer, std::size_t bytes, bool stamped, Seen& seen) {
  for (std::size_t at = 0; at < bytes;) {
    ReceiveRecord record;
    std::memcpy(&record, &buffer[at], sizeof record);
    REQUIRE((record.flags & kFlagKernelTimestamp) != 0);
    if (record.kind == RecordKind::kTransmitStamp) {
      ++seen.stamps;
      REQUIRE(record.transmit_key == seen.stamps);
    } else {
      REQUIRE(record.kind == RecordKind::kDatagram);
      ++seen.replies;
      REQUIRE(!stamped || seen.stamps >= seen.replies);
    }
    at += record.record_bytes;
  }
}

std::size_t drain_all(IcmpSocket& socket, bool stamped, Seen& seen) {
  std::vector<std::byte> into(128 * 1024);
  std::size_t total = 0;
  for (;;) {
    const CallResult<std::size_t> drained = socket.drain(into);
    REQUIRE(!drained.error);
    if (drained.value == 0) {
      return total;
    }
    count_records(into, drained.value, stamped, seen);
    total += drained.value;
  }
}

/// Waits up to ten seconds for what the receive thread brings.
template <typename Condition>
void await(Condition condition) {
  for (int attempt = 0; attempt < 10'000 && !condition(); ++attempt) {
    std::this_thread::sleep_for(milliseconds(1));
  }
  REQUIRE(condition());
}

void receives_on_the_calling_thread(const Case& each, bool stamped) {
  SocketOptions options = options_for(each);
  options.transmit_timestamps = stamped;
  const auto socket = open_icmp_socket(options);
  REQUIRE(socket->properties().kernel_transmit_timestamps);
  Seen seen;
  for (std::size_t round = 0; round < 10; ++round) {
    std::vector<std::byte> batch = requests(each.family, 30, static_cast<std::uint16_t>(round * 30));
    REQUIRE(socket->send(batch, 30).value == 30);
    drain_all(*socket, stamped, seen);
  }
  REQUIRE(seen.replies == 300 && seen.stamps == (stamped ? 300 : 0));
  std::vector<std::byte> into(128 * 1024);
  REQUIRE(socket->drain_blocking(into, milliseconds(5)).value == 0);
}

void receives_on_the_receive_thread(const Case& each, bool stamped) {
  SocketOptions options = options_for(each);
  options.transmit_timestamps = stamped;
  const auto socket = open_icmp_socket(options);
  std::atomic<int> wakes{0};
  REQUIRE(!socket->start_receiving([&] { ++wakes; }));
  REQUIRE(socket->start_receiving([] {}).code.value() == EBUSY);
  std::vector<std::byte> into(128 * 1024);
  REQUIRE(socket->drain_blocking(into, seconds(1)).error.code.value() == EBUSY);
  Seen seen;
  std::size_t sent = 0;
  for (std::size_t round = 0; round < 40; ++round) {
    std::vector<std::byte> batch = requests(each.family, 50, static_cast<std::uint16_t>(sent));
    sent += socket->send(batch, 50).value;
    drain_all(*socket, stamped, seen);
  }
  await([&] {
    drain_all(*socket, stamped, seen);
    return seen.replies == sent;
  });
  REQUIRE(sent == 2000 && wakes > 0);
  socket->stop_receiving();
  const int wakes_then = wakes;
  std::vector<std::byte> batch = requests(each.family, 1, 0);
  REQUIRE(socket->send(batch, 1).value == 1);
  std::this_thread::sleep_for(milliseconds(5));
  REQUIRE(wakes == wakes_then);
}

/// Where the kernel numbers the stamps itself, our count must stay in step with it, also over packets that failed.
void keeps_in_step_with_a_kernel_that_counts(const Case& each) {
  SocketOptions options = options_for(each);
  options.transmit_timestamps = true;
  options.dont_fragment = DontFragment::kSet;
  OpenedSocket opened = open_configured_socket(options);
  opened.transmit_keys = TransmitKeys::kCountedByKernel;
  LinuxIcmpSocket socket(std::move(opened), options);
  Seen seen;
  for (int round = 0; round < 3; ++round) {
    std::vector<std::byte> batch = requests(each.family, 5, 0);
    // No route leads there.
    std::memcpy(&batch[2 * kSendBytes + offsetof(SendRecord, destination)], "\x20\x01\x0d\xb8", 4);
    REQUIRE(socket.send(batch, 5).value == 4);
    SendRecord failed;
    std::memcpy(&failed, &batch[2 * kSendBytes], sizeof failed);
    REQUIRE(failed.error_number == ENETUNREACH || failed.error_number == EHOSTUNREACH);
    drain_all(socket, true, seen);
  }
  REQUIRE(seen.stamps == 12 && seen.replies == 12);
}

/// The stamp of a packet that leaves alone comes with its send, whether the receive thread reads or not; where that
/// thread was reading just then, it comes as a record. Lone packets and batches share one count of keys.
void stamps_lone_packets(const Case& each, TransmitKeys keys, bool stamped, bool on_thread) {
  SocketOptions options = options_for(each);
  options.transmit_timestamps = stamped;
  OpenedSocket opened = open_configured_socket(options);
  opened.transmit_keys = keys;
  LinuxIcmpSocket socket(std::move(opened), options);
  if (on_thread) {
    REQUIRE(!socket.start_receiving([] {}));
  }
  std::vector<std::byte> into(128 * 1024);
  std::size_t records = 0;
  std::size_t given = 0;
  const auto read = [&] {
    const std::size_t bytes = socket.drain(into).value;
    for (std::size_t at = 0; at < bytes; ++records) {
      ReceiveRecord record;
      std::memcpy(&record, &into[at], sizeof record);
      at += record.record_bytes;
    }
    return bytes > 0;
  };
  for (std::uint16_t round = 0; round < 200; ++round) {
    for (const std::size_t count : {std::size_t{1}, std::size_t{3}}) {
      std::vector<std::byte> batch = requests(each.family, count, round);
      REQUIRE(socket.send(batch, count).value == count);
      SendRecord record;
      std::memcpy(&record, batch.data(), sizeof record);
      REQUIRE((record.transmit_key != 0) == (stamped || count == 1));
      if (record.transmit_seconds != 0) {
        REQUIRE(count == 1);
        const auto ns = [](std::uint32_t seconds, std::uint32_t nanoseconds) {
          return seconds * std::uint64_t{1'000'000'000} + nanoseconds;
        };
        REQUIRE(ns(record.transmit_seconds, record.transmit_nanoseconds) >=
                ns(record.realtime_seconds, record.realtime_nanoseconds));
        ++given;
      }
    }
    while (read()) {
    }
  }
  // Of every round four replies, and each stamp that was asked for and not given with its send.
  await([&] {
    while (read()) {
    }
    return records + given == 200 * (4 + (stamped ? std::size_t{4} : std::size_t{1}));
  });
  REQUIRE(on_thread || given == 200);
}

void closes_while_receiving(const Case& each) {
  for (int round = 0; round < 20; ++round) {
    auto socket = open_icmp_socket(options_for(each));
    REQUIRE(!socket->start_receiving([] {}));
    std::vector<std::byte> batch = requests(each.family, 200, 0);
    REQUIRE(socket->send(batch, 200).value == 200);
    socket.reset();
  }
}

void serves_many_sockets_from_many_threads() {
  const auto work = [](std::uint16_t seed) {
    std::vector<std::unique_ptr<IcmpSocket>> sockets;
    std::atomic<int> wakes{0};
    for (int index = 0; index < 60; ++index) {
      sockets.push_back(open_icmp_socket(options_for(kCases[static_cast<std::size_t>(index) % 4])));
      REQUIRE(!sockets.back()->start_receiving([&] { ++wakes; }));
    }
    for (std::size_t index = 0; index < sockets.size(); ++index) {
      std::vector<std::byte> batch = requests(kCases[index % 4].family, 20, seed);
      static_cast<void>(sockets[index]->send(batch, 20));
    }
    await([&] { return wakes > 0; });
  };
  std::vector<std::thread> threads;
  for (std::uint16_t seed = 0; seed < 3; ++seed) {
    threads.emplace_back(work, seed);
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
}

/// Lengths that lie about what follows: refused whole, or sent as they are; never read beyond the batch.
void survives_any_batch() {
  std::mt19937 random(4711);
  const auto socket = open_icmp_socket(options_for(kCases[1]));
  for (int round = 0; round < 20'000; ++round) {
    // Exactly as large as it says, on the heap, so that the address sanitizer sees one byte too many.
    std::vector<std::byte> batch(random() % 300);
    for (std::byte& each : batch) {
      each = static_cast<std::byte>(random());
    }
    if (batch.size() >= 2 && random() % 2 == 0) {
      batch[0] = static_cast<std::byte>(random() % 200);
      batch[1] = std::byte{0};
    }
    const CallResult<std::size_t> sent = socket->send(batch, random() % 5);
    REQUIRE(!sent.error || sent.error.code.value() == EINVAL);
  }
}

bool is_alone_with_loopback() {
  struct if_nameindex* const names = ::if_nameindex();
  const bool alone = names != nullptr && std::string(names[0].if_name) == "lo" && names[1].if_index == 0;
  ::if_freenameindex(names);
  return alone;
}

}  // namespace
}  // namespace netdiag

int main() {
  // Random destinations are sent to below.
  REQUIRE(netdiag::is_alone_with_loopback());
  for (const netdiag::Case& each : netdiag::kCases) {
    for (const bool stamped : {false, true}) {
      netdiag::receives_on_the_calling_thread(each, stamped);
      netdiag::receives_on_the_receive_thread(each, stamped);
    }
    netdiag::keeps_in_step_with_a_kernel_that_counts(each);
    for (const netdiag::TransmitKeys keys :
         {netdiag::TransmitKeys::kNamedBySender, netdiag::TransmitKeys::kCountedByKernel}) {
      for (const bool stamped : {false, true}) {
        netdiag::stamps_lone_packets(each, keys, stamped, false);
        netdiag::stamps_lone_packets(each, keys, stamped, true);
      }
    }
    netdiag::closes_while_receiving(each);
  }
  netdiag::serves_many_sockets_from_many_threads();
  netdiag::survives_any_batch();
  std::puts("linux sockets: all held");
  return 0;
}
