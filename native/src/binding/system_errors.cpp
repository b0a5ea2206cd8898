#include "binding/system_errors.h"

#include <string>

#include "core/error_name.h"

namespace netdiag {

Napi::Error system_error(Napi::Env env, const CallError& error) {
  const int number = error.code.value();
  const char* const name = error_name(number);
  Napi::Error made = Napi::Error::New(env, std::string(name) + ": " + error.code.message() + ", " + error.syscall);
  made.Set("errno", Napi::Number::New(env, number));
  made.Set("code", Napi::String::New(env, name));
  made.Set("syscall", Napi::String::New(env, error.syscall));
  return made;
}

void throw_if(Napi::Env env, const CallError& error) {
  if (error) {
    throw system_error(env, error);
  }
}

}  // namespace netdiag
