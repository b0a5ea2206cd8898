#include "binding/wake_call.h"

#include <memory>
#include <utility>

namespace netdiag {

struct WakeCall::State {
  /// Empty once the WakeCall is gone; touched on the JavaScript thread only.
  std::function<void(Napi::Env)> on_wake;
  std::atomic<bool> pending{false};
};

WakeCall::WakeCall(Napi::Env env, const char* resource_name, std::function<void(Napi::Env)> on_wake) {
  auto state = std::make_unique<State>();
  state->on_wake = std::move(on_wake);
  const napi_finalize free_state = [](napi_env, void*, void* context) {
    const std::unique_ptr<State> freed(static_cast<State*>(context));
  };
  const napi_status status =
      napi_create_threadsafe_function(env, nullptr, nullptr, Napi::String::New(env, resource_name), 0, 1, nullptr,
                                      free_state, state.get(), call_js, &function_);
  if (status != napi_ok) {
    throw Napi::Error::New(env);
  }
  state_ = state.release();
  napi_unref_threadsafe_function(env, function_);
}

WakeCall::~WakeCall() {
  state_->on_wake = nullptr;
  napi_release_threadsafe_function(function_, napi_tsfn_abort);
}

void WakeCall::wake() noexcept {
  if (!state_->pending.exchange(true, std::memory_order_acq_rel)) {
    napi_call_threadsafe_function(function_, nullptr, napi_tsfn_nonblocking);
  }
}

void WakeCall::call_js(napi_env env, napi_value, void* context, void*) noexcept {
  auto* const state = static_cast<State*>(context);
  // Before the call: whatever is queued from here on wakes again.
  state->pending.store(false, std::memory_order_release);
  // No environment: it is being torn down.
  if (env == nullptr || !state->on_wake) {
    return;
  }
  // A copy, since the call may destroy the WakeCall.
  const std::function<void(Napi::Env)> on_wake = state->on_wake;
  on_wake(env);
}

}  // namespace netdiag
