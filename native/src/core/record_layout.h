#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace netdiag {

static_assert(std::endian::native == std::endian::little, "records cross to JavaScript in little-endian order");

using AddressBytes = std::array<std::uint8_t, 16>;

/// Every record is a multiple of this, so that its f64 fields stay aligned.
inline constexpr std::size_t kRecordAlignment = 8;

/// Rounds a record's bytes up to the alignment of records.
[[nodiscard]] constexpr std::size_t padded_to_record(std::size_t bytes) noexcept {
  return (bytes + kRecordAlignment - 1) & ~(kRecordAlignment - 1);
}

/// Header of one packet to send; its ICMP bytes follow. The layout SEND of src/main/icmp/native-record.ts.
struct SendRecord {
  std::uint16_t icmp_bytes = 0;
  std::uint8_t hop_limit = 0;
  std::uint8_t traffic_class = 0;
  std::uint32_t scope_id = 0;
  AddressBytes destination{};
  std::int32_t error_number = 0;
  std::uint32_t transmit_key = 0;
  std::uint32_t realtime_seconds = 0;
  std::uint32_t realtime_nanoseconds = 0;
  double monotonic_ms = 0;
  std::uint32_t transmit_seconds = 0;
  std::uint32_t transmit_nanoseconds = 0;
  std::uint32_t wait_ms = 0;
  std::uint32_t reserved = 0;
};

static_assert(offsetof(SendRecord, scope_id) == 4);
static_assert(offsetof(SendRecord, destination) == 8);
static_assert(offsetof(SendRecord, error_number) == 24);
static_assert(offsetof(SendRecord, transmit_key) == 28);
static_assert(offsetof(SendRecord, realtime_seconds) == 32);
static_assert(offsetof(SendRecord, monotonic_ms) == 40);
static_assert(offsetof(SendRecord, transmit_seconds) == 48);
static_assert(offsetof(SendRecord, wait_ms) == 56);
static_assert(sizeof(SendRecord) == 64);

enum class RecordKind : std::uint8_t {
  kDatagram = 1,
  kIcmpError = 2,
  kLocalError = 3,
  kTransmitStamp = 4,
  kEchoReply = 5,
  kEchoError = 6,
  kEchoFailure = 7,
};

inline constexpr std::uint16_t kFlagHopLimit = 0x01;
inline constexpr std::uint16_t kFlagTrafficClass = 0x02;
inline constexpr std::uint16_t kFlagLocalAddress = 0x04;
inline constexpr std::uint16_t kFlagKernelTimestamp = 0x08;
inline constexpr std::uint16_t kFlagTruncated = 0x10;
inline constexpr std::uint16_t kFlagExtensions = 0x20;
inline constexpr std::uint16_t kFlagExtensionChecksumBad = 0x40;
inline constexpr std::uint16_t kFlagIpHeader = 0x80;
inline constexpr std::uint16_t kFlagTypeUnknown = 0x100;
inline constexpr std::uint16_t kFlagCodeUnknown = 0x200;
inline constexpr std::uint16_t kFlagRoundTrip = 0x400;

/// Header of one received record; its data follows. The layout RECEIVE of src/main/icmp/native-record.ts.
struct ReceiveRecord {
  std::uint32_t record_bytes = 0;
  RecordKind kind = RecordKind::kDatagram;
  std::uint8_t family = 0;
  std::uint8_t hop_limit = 0;
  std::uint8_t traffic_class = 0;
  std::uint16_t flags = 0;
  std::uint16_t data_bytes = 0;
  std::uint32_t interface_index = 0;
  AddressBytes source{};
  AddressBytes local{};
  std::uint32_t scope_id = 0;
  std::uint32_t info = 0;
  std::uint32_t realtime_seconds = 0;
  std::uint32_t realtime_nanoseconds = 0;
  std::uint32_t read_realtime_seconds = 0;
  std::uint32_t read_realtime_nanoseconds = 0;
  double read_monotonic_ms = 0;
  std::uint32_t transmit_key = 0;
  std::uint8_t icmp_type = 0;
  std::uint8_t icmp_code = 0;
  std::uint16_t extension_offset = 0;
  std::int32_t error_number = 0;
  std::uint32_t round_trip_ms = 0;
};

static_assert(offsetof(ReceiveRecord, kind) == 4);
static_assert(offsetof(ReceiveRecord, flags) == 8);
static_assert(offsetof(ReceiveRecord, interface_index) == 12);
static_assert(offsetof(ReceiveRecord, source) == 16);
static_assert(offsetof(ReceiveRecord, local) == 32);
static_assert(offsetof(ReceiveRecord, scope_id) == 48);
static_assert(offsetof(ReceiveRecord, realtime_seconds) == 56);
static_assert(offsetof(ReceiveRecord, read_realtime_seconds) == 64);
static_assert(offsetof(ReceiveRecord, read_monotonic_ms) == 72);
static_assert(offsetof(ReceiveRecord, transmit_key) == 80);
static_assert(offsetof(ReceiveRecord, extension_offset) == 86);
static_assert(offsetof(ReceiveRecord, error_number) == 88);
static_assert(offsetof(ReceiveRecord, round_trip_ms) == 92);
static_assert(sizeof(ReceiveRecord) == 96);

}  // namespace netdiag
