#pragma once

#include <sys/socket.h>
#include <ctime>
#include <linux/errqueue.h>

#include <optional>

#include "core/clocks.h"
#include "core/record_layout.h"

namespace netdiag {

/// An entry of the error queue, and who caused it.
struct QueuedError {
  sock_extended_err error{};
  const sockaddr* offender = nullptr;
};

/// Copies what the kernel tells beside a message (hop limit, traffic class, local address, interface, stamp) into its
/// record. Without a kernel stamp the record gets the time it was read.
/// @returns the error-queue entry, when the message is one.
std::optional<QueuedError> read_ancillary_data(msghdr& header, const ClockReading& read_at,
                                               ReceiveRecord& record) noexcept;

}  // namespace netdiag
