#pragma once

#include <napi.h>

#include <memory>

#include "binding/wake_call.h"
#include "core/icmp_socket.h"

namespace netdiag {

/// The class IcmpSocket as JavaScript sees it: NativeIcmpSocket of src/main/icmp/native-addon.ts.
/// Everything here runs on the thread of its environment.
class IcmpSocketObject : public Napi::ObjectWrap<IcmpSocketObject> {
 public:
  /// Defines the class in an environment (the main thread's or a worker's).
  [[nodiscard]] static Napi::Function define(Napi::Env env);

  explicit IcmpSocketObject(const Napi::CallbackInfo& info);
  ~IcmpSocketObject() override;

 private:
  Napi::Value send(const Napi::CallbackInfo& info);
  Napi::Value drain(const Napi::CallbackInfo& info);
  Napi::Value drain_blocking(const Napi::CallbackInfo& info);
  void start_receiving(const Napi::CallbackInfo& info);
  void stop_receiving(const Napi::CallbackInfo& info);
  void set_broadcast(const Napi::CallbackInfo& info);
  Napi::Value get_broadcast(const Napi::CallbackInfo& info);
  Napi::Value counters(const Napi::CallbackInfo& info);
  Napi::Value drops(const Napi::CallbackInfo& info);
  void close(const Napi::CallbackInfo& info);

  /// The socket, or a thrown EBADF of `operation` after close.
  [[nodiscard]] IcmpSocket& open_socket(const Napi::CallbackInfo& info, const char* operation) const;
  /// Calls the callback of startReceiving; what it throws becomes an uncaught exception of the process.
  void call_on_readable(Napi::Env env);
  void end_receiving() noexcept;
  static void end_receiving_of(void* self) noexcept;
  void release() noexcept;

  const napi_env env_;
  std::unique_ptr<IcmpSocket> socket_;
  /// There while the receive thread reads the socket; outlives the last call of it.
  std::unique_ptr<WakeCall> wake_;
  std::uint64_t wakes_ = 0;
};

}  // namespace netdiag
