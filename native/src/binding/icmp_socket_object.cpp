#include "binding/icmp_socket_object.h"

#include <algorithm>
#include <cerrno>
#include <chrono>

#include "binding/socket_options_from_js.h"
#include "binding/system_errors.h"

namespace netdiag {
namespace {

/// Where the socket's object keeps its callback. A property, not a reference: a reference would keep the callback, and
/// through its closure the socket, alive for ever, and a socket that is dropped without close could not be collected.
constexpr const char* kOnReadableProperty = "onReadable";

/// The longest wait that nanoseconds in 64 bits can be asked for without overflow: a year.
constexpr double kLongestWaitMs = 365.0 * 24 * 3600 * 1000;

std::span<std::byte> bytes_argument(const Napi::CallbackInfo& info, const char* operation) {
  if (!info[0].IsTypedArray() || info[0].As<Napi::TypedArray>().TypedArrayType() != napi_uint8_array) {
    throw system_error(info.Env(), call_error(EINVAL, operation));
  }
  auto array = info[0].As<Napi::Uint8Array>();
  return {reinterpret_cast<std::byte*>(array.Data()), array.ByteLength()};
}

double number_argument(const Napi::CallbackInfo& info, std::size_t index, const char* operation) {
  if (!info[index].IsNumber()) {
    throw system_error(info.Env(), call_error(EINVAL, operation));
  }
  return info[index].As<Napi::Number>().DoubleValue();
}

Napi::Object properties_to_js(Napi::Env env, const SocketProperties& properties) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("fd", properties.fd);
  object.Set("identifier", properties.identifier);
  object.Set("localAddress",
             properties.local_address ? Napi::Value(Napi::String::New(env, *properties.local_address)) : env.Null());
  object.Set("receiveBufferBytes", properties.receive_buffer_bytes);
  object.Set("kernelReceiveTimestamps", properties.kernel_receive_timestamps);
  object.Set("kernelTransmitTimestamps", properties.kernel_transmit_timestamps);
  object.Freeze();
  return object;
}

void set_count(Napi::Object& object, const char* name, std::uint64_t count) {
  // Exact up to 2^53.
  object.Set(name, static_cast<double>(count));
}

}  // namespace

Napi::Function IcmpSocketObject::define(Napi::Env env) {
  return DefineClass(env, "IcmpSocket",
                     {
                         InstanceMethod<&IcmpSocketObject::send>("send"),
                         InstanceMethod<&IcmpSocketObject::drain>("drain"),
                         InstanceMethod<&IcmpSocketObject::drain_blocking>("drainBlocking"),
                         InstanceMethod<&IcmpSocketObject::start_receiving>("startReceiving"),
                         InstanceMethod<&IcmpSocketObject::stop_receiving>("stopReceiving"),
                         InstanceMethod<&IcmpSocketObject::set_broadcast>("setBroadcast"),
                         InstanceMethod<&IcmpSocketObject::get_broadcast>("getBroadcast"),
                         InstanceMethod<&IcmpSocketObject::counters>("counters"),
                         InstanceMethod<&IcmpSocketObject::drops>("drops"),
                         InstanceMethod<&IcmpSocketObject::close>("close"),
                     });
}

IcmpSocketObject::IcmpSocketObject(const Napi::CallbackInfo& info) : ObjectWrap(info), env_(info.Env()) {
  const Napi::Env env = info.Env();
  try {
    socket_ = open_icmp_socket(socket_options_from_js(info[0]));
  } catch (const OpenError& error) {
    throw system_error(env, error.error());
  }
  Napi::Object self = info.This().As<Napi::Object>();
  self.DefineProperties({
      Napi::PropertyDescriptor::Value("properties", properties_to_js(env, socket_->properties()), napi_enumerable),
      Napi::PropertyDescriptor::Value(kOnReadableProperty, env.Undefined(), napi_writable),
  });
}

IcmpSocketObject::~IcmpSocketObject() {
  release();
}

Napi::Value IcmpSocketObject::send(const Napi::CallbackInfo& info) {
  IcmpSocket& socket = open_socket(info, "send");
  const std::span<std::byte> batch = bytes_argument(info, "send");
  const double count = number_argument(info, 1, "send");
  // More records than bytes cannot be; also false for NaN.
  if (!(count >= 0 && count <= static_cast<double>(batch.size()))) {
    throw system_error(info.Env(), call_error(EINVAL, "send"));
  }
  const CallResult<std::size_t> sent = socket.send(batch, static_cast<std::size_t>(count));
  throw_if(info.Env(), sent.error);
  return Napi::Number::New(info.Env(), static_cast<double>(sent.value));
}

Napi::Value IcmpSocketObject::drain(const Napi::CallbackInfo& info) {
  IcmpSocket& socket = open_socket(info, "drain");
  const CallResult<std::size_t> drained = socket.drain(bytes_argument(info, "drain"));
  throw_if(info.Env(), drained.error);
  return Napi::Number::New(info.Env(), static_cast<double>(drained.value));
}

Napi::Value IcmpSocketObject::drain_blocking(const Napi::CallbackInfo& info) {
  IcmpSocket& socket = open_socket(info, "drainBlocking");
  const std::span<std::byte> into = bytes_argument(info, "drainBlocking");
  const double asked_ms = number_argument(info, 1, "drainBlocking");
  // Not std::clamp: NaN waits no time.
  const double wait_ms = asked_ms > 0 ? std::min(asked_ms, kLongestWaitMs) : 0;
  const auto wait = std::chrono::nanoseconds(static_cast<std::int64_t>(wait_ms * 1e6));
  const CallResult<std::size_t> drained = socket.drain_blocking(into, wait);
  throw_if(info.Env(), drained.error);
  return Napi::Number::New(info.Env(), static_cast<double>(drained.value));
}

void IcmpSocketObject::start_receiving(const Napi::CallbackInfo& info) {
  IcmpSocket& socket = open_socket(info, "startReceiving");
  if (!info[0].IsFunction()) {
    throw system_error(info.Env(), call_error(EINVAL, "startReceiving"));
  }
  if (wake_) {
    throw system_error(info.Env(), call_error(EBUSY, "startReceiving"));
  }
  info.This().As<Napi::Object>().Set(kOnReadableProperty, info[0]);
  wake_ = std::make_unique<WakeCall>(info.Env(), "hopscope.IcmpSocket",
                                     [this](Napi::Env env) { call_on_readable(env); });
  // After the thread-safe function was made, since hooks run last first: at the environment's end receiving must be
  // over before that function is.
  napi_add_env_cleanup_hook(env_, &end_receiving_of, this);
  const CallError error = socket.start_receiving([wake = wake_.get()] { wake->wake(); });
  if (error) {
    end_receiving();
    throw_if(info.Env(), error);
  }
}

void IcmpSocketObject::stop_receiving(const Napi::CallbackInfo& info) {
  static_cast<void>(open_socket(info, "stopReceiving"));
  end_receiving();
  info.This().As<Napi::Object>().Set(kOnReadableProperty, info.Env().Undefined());
}

void IcmpSocketObject::set_broadcast(const Napi::CallbackInfo& info) {
  IcmpSocket& socket = open_socket(info, "setBroadcast");
  throw_if(info.Env(), socket.set_broadcast(info[0].ToBoolean()));
}

Napi::Value IcmpSocketObject::get_broadcast(const Napi::CallbackInfo& info) {
  const CallResult<bool> enabled = open_socket(info, "getBroadcast").broadcast();
  throw_if(info.Env(), enabled.error);
  return Napi::Boolean::New(info.Env(), enabled.value);
}

Napi::Value IcmpSocketObject::counters(const Napi::CallbackInfo& info) {
  const SocketCounters counters = open_socket(info, "counters").counters();
  Napi::Object object = Napi::Object::New(info.Env());
  set_count(object, "kernelDrops", counters.kernel_drops);
  set_count(object, "queueDrops", counters.queue_drops);
  set_count(object, "received", counters.received);
  set_count(object, "sent", counters.sent);
  set_count(object, "sendErrors", counters.send_errors);
  set_count(object, "wakes", wakes_);
  return object;
}

Napi::Value IcmpSocketObject::drops(const Napi::CallbackInfo& info) {
  const SocketCounters counters = open_socket(info, "drops").counters();
  return Napi::Number::New(info.Env(), static_cast<double>(counters.kernel_drops + counters.queue_drops));
}

void IcmpSocketObject::close(const Napi::CallbackInfo& info) {
  release();
  info.This().As<Napi::Object>().Set(kOnReadableProperty, info.Env().Undefined());
}

IcmpSocket& IcmpSocketObject::open_socket(const Napi::CallbackInfo& info, const char* operation) const {
  if (!socket_) {
    throw system_error(info.Env(), call_error(EBADF, operation));
  }
  return *socket_;
}

void IcmpSocketObject::call_on_readable(Napi::Env env) {
  const Napi::Object self = Value();
  // Collected already, with the finalizer still to come.
  if (self.IsEmpty()) {
    return;
  }
  ++wakes_;
  // In C, not with the Napi classes: in a worker that is being terminated each of these calls fails without an error
  // that could be wrapped, and there is nobody left to tell.
  napi_value callback = nullptr;
  napi_valuetype type = napi_undefined;
  if (napi_get_named_property(env, self, kOnReadableProperty, &callback) != napi_ok ||
      napi_typeof(env, callback, &type) != napi_ok || type != napi_function) {
    return;
  }
  if (napi_call_function(env, env.Undefined(), callback, 0, nullptr, nullptr) == napi_pending_exception) {
    napi_value exception = nullptr;
    if (napi_get_and_clear_last_exception(env, &exception) == napi_ok) {
      napi_fatal_exception(env, exception);
    }
  }
}

void IcmpSocketObject::end_receiving() noexcept {
  if (!wake_) {
    return;
  }
  napi_remove_env_cleanup_hook(env_, &end_receiving_of, this);
  socket_->stop_receiving();
  wake_.reset();
}

void IcmpSocketObject::end_receiving_of(void* self) noexcept {
  static_cast<IcmpSocketObject*>(self)->end_receiving();
}

void IcmpSocketObject::release() noexcept {
  end_receiving();
  socket_.reset();
}

}  // namespace netdiag
