#include "linux/socket_reader.h"

#include <linux/net_tstamp.h>

#include <cerrno>

#include "core/clocks.h"
#include "linux/ancillary_data.h"

namespace netdiag {
namespace {

/// Pending errors passed over in one read. Each attempt clears one; more than a few cannot be pending at once.
constexpr int kPendingErrors = 8;
/// Readings of the error queue in one go: at most 4,096 entries, more than its buffer usually holds.
constexpr int kErrorBatches = 64;

/// Fills in where the RFC 4884 extensions start, as far as the kernel found them (linux/errqueue.h).
void set_extensions(const sock_extended_err& error, std::size_t data_bytes, ReceiveRecord& record) noexcept {
  const sock_ee_data_rfc4884& extensions = error.ee_rfc4884;
  if (extensions.len == 0 || extensions.len >= data_bytes) {
    return;
  }
  record.extension_offset = extensions.len;
  record.flags |= kFlagExtensions;
  if ((extensions.flags & SO_EE_RFC4884_FLAG_INVALID) != 0) {
    record.flags |= kFlagExtensionChecksumBad;
  }
}

}  // namespace

SocketRead SocketReader::read_available(int batches) noexcept {
  ReadScratch& scratch = this_thread_read_scratch();
  const std::lock_guard lock(mutex_);
  SocketRead outcome;
  for (int batch = 0; batch < batches; ++batch) {
    // Data first, then the error queue, but queued the other way round: whatever stamp belongs to a reply read here
    // was in the error queue before the reply arrived.
    const int count = receive_data(scratch.data);
    const ClockReading read_at = read_clocks();
    outcome.queued = drain_errors_locked(scratch.errors).queued || outcome.queued;
    for (int slot = 0; slot < count; ++slot) {
      outcome.queued = queue_datagram(scratch.data, static_cast<std::size_t>(slot), read_at) || outcome.queued;
    }
    if (count < static_cast<int>(MessageBatch::kSlots)) {
      return outcome;
    }
  }
  outcome.more = true;
  return outcome;
}

ErrorQueueDrain SocketReader::drain_error_queue() noexcept {
  ReadScratch& scratch = this_thread_read_scratch();
  const std::lock_guard lock(mutex_);
  return drain_errors_locked(scratch.errors);
}

ErrorQueueDrain SocketReader::find_transmit_stamp(const std::unique_lock<std::mutex>& /*withheld*/, std::uint32_t key,
                                                  TransmitStamp& found) noexcept {
  wanted_key_ = key;
  wanted_ = {};
  const ErrorQueueDrain drain = drain_errors_locked(this_thread_read_scratch().errors);
  wanted_key_ = 0;
  found = wanted_;
  return drain;
}

int SocketReader::receive_data(MessageBatch& batch) noexcept {
  for (int attempt = 0; attempt < kPendingErrors; ++attempt) {
    const int count = batch.receive(fd_, 0);
    // Any other failure is the pending error of an earlier packet; reporting it cleared it, and its reason is in the
    // error queue.
    if (count >= 0 || count == -EAGAIN) {
      return count;
    }
  }
  return 0;
}

ErrorQueueDrain SocketReader::drain_errors_locked(MessageBatch& batch) noexcept {
  ErrorQueueDrain drain;
  for (int reading = 0; reading < kErrorBatches; ++reading) {
    const int count = batch.receive(fd_, MSG_ERRQUEUE);
    if (count <= 0) {
      break;
    }
    const ClockReading read_at = read_clocks();
    for (int slot = 0; slot < count; ++slot) {
      drain.queued = queue_error(batch, static_cast<std::size_t>(slot), read_at, drain) || drain.queued;
    }
    if (count < static_cast<int>(MessageBatch::kSlots)) {
      break;
    }
  }
  return drain;
}

bool SocketReader::queue_error(MessageBatch& batch, std::size_t slot, const ClockReading& read_at,
                               ErrorQueueDrain& drain) noexcept {
  ReceiveRecord record;
  record.family = static_cast<std::uint8_t>(family_);
  const std::optional<QueuedError> queued = read_ancillary_data(batch.header(slot), read_at, record);
  const bool truncated = (batch.header(slot).msg_flags & MSG_TRUNC) != 0;
  if (!queued) {
    return false;
  }
  const sock_extended_err& error = queued->error;
  if (error.ee_origin == SO_EE_ORIGIN_TIMESTAMPING) {
    return error.ee_info == SCM_TSTAMP_SND && queue_stamp(record, error);
  }
  // Where it was sent to, instead of the address this machine has for the offender.
  record.local = {};
  record.flags &= static_cast<std::uint16_t>(~kFlagLocalAddress);
  std::uint32_t destination_scope = 0;
  copy_address(batch.name(slot), record.local, destination_scope);
  record.error_number = static_cast<std::int32_t>(error.ee_errno);
  record.info = error.ee_info;
  if (error.ee_origin == SO_EE_ORIGIN_LOCAL) {
    drain.local_error = true;
    record.kind = RecordKind::kLocalError;
    return queue_.push(record, batch.data(slot));
  }
  drain.icmp_error = true;
  if (kind_ == SocketKind::kRaw) {
    // A raw socket gets the same error as a datagram, whole and with its IP header.
    return false;
  }
  record.kind = RecordKind::kIcmpError;
  record.icmp_type = error.ee_type;
  record.icmp_code = error.ee_code;
  record.flags |= truncated ? kFlagTruncated : std::uint16_t{0};
  if (queued->offender != nullptr) {
    copy_address(queued->offender, record.source, record.scope_id);
  }
  set_extensions(error, batch.data(slot).size(), record);
  return queue_.push(record, batch.data(slot));
}

/// Queues a transmit stamp, unless it is the one that is looked for.
bool SocketReader::queue_stamp(ReceiveRecord& record, const sock_extended_err& error) noexcept {
  record.kind = RecordKind::kTransmitStamp;
  // The kernel's own count starts at 0, where keys start at 1.
  record.transmit_key = error.ee_data + (keys_ == TransmitKeys::kCountedByKernel ? 1 : 0);
  if (record.transmit_key == wanted_key_ && wanted_key_ != 0 && (record.flags & kFlagKernelTimestamp) != 0) {
    wanted_ = {record.realtime_seconds, record.realtime_nanoseconds};
    return false;
  }
  return queue_.push(record, {});
}

bool SocketReader::queue_datagram(MessageBatch& batch, std::size_t slot, const ClockReading& read_at) noexcept {
  ReceiveRecord record;
  record.family = static_cast<std::uint8_t>(family_);
  read_ancillary_data(batch.header(slot), read_at, record);
  if ((batch.header(slot).msg_flags & MSG_TRUNC) != 0) {
    record.flags |= kFlagTruncated;
  }
  if (kind_ == SocketKind::kRaw && family_ == AddressFamily::kIpv4) {
    record.flags |= kFlagIpHeader;
  }
  copy_address(batch.name(slot), record.source, record.scope_id);
  return queue_.push(record, batch.data(slot));
}

}  // namespace netdiag
