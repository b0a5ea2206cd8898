#include <napi.h>

#include <string>

#include "binding/icmp_socket_object.h"
#include "core/clocks.h"
#include "core/error_name.h"
#include "core/platform.h"

namespace netdiag {
namespace {

Napi::Value interface_index_js(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), info[0].IsString() ? interface_index(info[0].As<Napi::String>()) : 0);
}

Napi::Value interface_name_js(const Napi::CallbackInfo& info) {
  const std::uint32_t index = info[0].IsNumber() ? info[0].As<Napi::Number>().Uint32Value() : 0;
  return Napi::String::New(info.Env(), interface_name(index));
}

Napi::Value error_name_js(const Napi::CallbackInfo& info) {
  return Napi::String::New(info.Env(), error_name(info[0].IsNumber() ? info[0].As<Napi::Number>().Int32Value() : 0));
}

void read_clocks_js(const Napi::CallbackInfo& info) {
  if (!info[0].IsTypedArray() || info[0].As<Napi::TypedArray>().TypedArrayType() != napi_float64_array ||
      info[0].As<Napi::TypedArray>().ElementLength() < 3) {
    throw Napi::TypeError::New(info.Env(), "a Float64Array of three is needed");
  }
  const ClockReading now = read_clocks();
  auto into = info[0].As<Napi::Float64Array>();
  into[0] = now.realtime_seconds;
  into[1] = now.realtime_nanoseconds;
  into[2] = now.monotonic_ms;
}

/// Runs once in every environment that loads the addon: the main thread's and each worker's. Nothing is shared between
/// them but the receive thread and the socket that keeps kernel stamps on.
Napi::Object initialize(Napi::Env env, Napi::Object exports) {
  exports.Set("platform", platform_name());
  exports.Set("IcmpSocket", IcmpSocketObject::define(env));
  exports.Set("interfaceIndex", Napi::Function::New<interface_index_js>(env, "interfaceIndex"));
  exports.Set("interfaceName", Napi::Function::New<interface_name_js>(env, "interfaceName"));
  exports.Set("errorName", Napi::Function::New<error_name_js>(env, "errorName"));
  exports.Set("readClocks", Napi::Function::New<read_clocks_js>(env, "readClocks"));
  return exports;
}

NODE_API_MODULE(hopscope, initialize)

}  // namespace
}  // namespace netdiag
