#pragma once

#include <napi.h>

#include <atomic>
#include <functional>

namespace netdiag {

/// Wakes the JavaScript thread from any other: many wakes before it gets round to running become one call.
/// Made, ended and destroyed on the JavaScript thread; it does not keep the process alive.
class WakeCall {
 public:
  /// `on_wake` runs on the JavaScript thread, with a handle scope, once for each batch of wakes. It must not throw.
  WakeCall(Napi::Env env, const char* resource_name, std::function<void(Napi::Env)> on_wake);
  WakeCall(const WakeCall&) = delete;
  WakeCall& operator=(const WakeCall&) = delete;
  /// `on_wake` does not run any more. No thread may be inside wake().
  ~WakeCall();

  /// Callable on any thread; never blocks.
  void wake() noexcept;

 private:
  struct State;
  static void call_js(napi_env env, napi_value callback, void* context, void* data) noexcept;

  /// Belongs to the thread-safe function, whose finalizer frees it after the last queued call.
  State* state_;
  napi_threadsafe_function function_ = nullptr;
};

}  // namespace netdiag
