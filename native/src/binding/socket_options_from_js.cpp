#include "binding/socket_options_from_js.h"

#include <limits>
#include <string>

namespace netdiag {
namespace {

/// The named options of one object, each read with its type.
class OptionReader {
 public:
  explicit OptionReader(const Napi::Object& options) : options_(options) {}

  [[nodiscard]] std::string text(const char* name) const {
    const Napi::Value value = options_.Get(name);
    if (!value.IsString()) {
      throw wrong_type(name);
    }
    return value.As<Napi::String>().Utf8Value();
  }

  [[nodiscard]] std::optional<std::string> optional_text(const char* name) const {
    return is_null(name) ? std::nullopt : std::optional(text(name));
  }

  [[nodiscard]] double integer(const char* name, double smallest, double largest) const {
    const Napi::Value value = options_.Get(name);
    if (!value.IsNumber()) {
      throw wrong_type(name);
    }
    const double number = value.As<Napi::Number>().DoubleValue();
    // Also false for NaN.
    if (!(number >= smallest && number <= largest)) {
      throw Napi::RangeError::New(options_.Env(), std::string(name) + " is out of range");
    }
    return number;
  }

  [[nodiscard]] bool boolean(const char* name) const {
    const Napi::Value value = options_.Get(name);
    if (!value.IsBoolean()) {
      throw wrong_type(name);
    }
    return value.As<Napi::Boolean>().Value();
  }

  [[nodiscard]] bool is_null(const char* name) const { return options_.Get(name).IsNull(); }

  [[nodiscard]] Napi::TypeError wrong_type(const char* name) const {
    return Napi::TypeError::New(options_.Env(), std::string(name) + " is missing or of the wrong type");
  }

 private:
  Napi::Object options_;
};

AddressFamily family_from(const OptionReader& options) {
  const double family = options.integer("family", 4, 6);
  if (family != 4 && family != 6) {
    throw options.wrong_type("family");
  }
  return family == 4 ? AddressFamily::kIpv4 : AddressFamily::kIpv6;
}

SocketKind kind_from(const OptionReader& options) {
  const std::string kind = options.text("kind");
  if (kind == "raw") {
    return SocketKind::kRaw;
  }
  if (kind == "dgram") {
    return SocketKind::kDgram;
  }
  if (kind == "echo-api") {
    return SocketKind::kEchoApi;
  }
  throw options.wrong_type("kind");
}

DontFragment dont_fragment_from(const OptionReader& options) {
  const std::string mode = options.text("dontFragment");
  if (mode == "default") {
    return DontFragment::kDefault;
  }
  if (mode == "set") {
    return DontFragment::kSet;
  }
  if (mode == "clear") {
    return DontFragment::kClear;
  }
  throw options.wrong_type("dontFragment");
}

}  // namespace

SocketOptions socket_options_from_js(const Napi::Value& value) {
  if (!value.IsObject()) {
    throw Napi::TypeError::New(value.Env(), "socket options are missing");
  }
  const OptionReader reader(value.As<Napi::Object>());
  SocketOptions options;
  options.family = family_from(reader);
  options.kind = kind_from(reader);
  options.address = reader.optional_text("address");
  options.interface_name = reader.optional_text("interfaceName");
  // SO_RCVBUF doubles what it is given, in an int.
  constexpr int kLargestBuffer = std::numeric_limits<int>::max() / 2;
  options.receive_buffer_bytes = static_cast<int>(reader.integer("receiveBufferBytes", 0, kLargestBuffer));
  options.queue_bytes = static_cast<std::size_t>(reader.integer("queueBytes", 0, std::numeric_limits<int>::max()));
  options.transmit_timestamps = reader.boolean("transmitTimestamps");
  options.dont_fragment = dont_fragment_from(reader);
  if (!reader.is_null("onlyIdentifier")) {
    options.only_identifier = static_cast<std::uint16_t>(
        reader.integer("onlyIdentifier", 0, std::numeric_limits<std::uint16_t>::max()));
  }
  return options;
}

}  // namespace netdiag
