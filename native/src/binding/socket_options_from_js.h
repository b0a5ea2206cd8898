#pragma once

#include <napi.h>

#include "core/socket_options.h"

namespace netdiag {

/// Reads NativeSocketOptions of src/main/icmp/native-addon.ts.
/// @throws Napi::TypeError naming the option that is missing or of the wrong type, RangeError when out of range.
[[nodiscard]] SocketOptions socket_options_from_js(const Napi::Value& value);

}  // namespace netdiag
