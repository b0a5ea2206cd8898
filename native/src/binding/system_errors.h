#pragma once

#include <napi.h>

#include "core/call_result.h"

namespace netdiag {

/// The error as JavaScript gets it: an Error with `errno` (positive), `code` ("EACCES") and `syscall`.
[[nodiscard]] Napi::Error system_error(Napi::Env env, const CallError& error);

/// Throws the error, when it is one.
void throw_if(Napi::Env env, const CallError& error);

}  // namespace netdiag
