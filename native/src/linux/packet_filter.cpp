#include "linux/packet_filter.h"

#include <linux/filter.h>
#include <linux/icmp.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <initializer_list>
#include <vector>

namespace netdiag {
namespace {

/// ICMP_FILTER and its level, from linux/icmp.h; <netinet/in.h> has the level only with other names beside it.
constexpr int kRawLevel = 255;

/// Datagrams thrown away at most: a machine flooded with ICMP fills the buffer again and again.
constexpr int kMostDiscarded = 65'536;

constexpr std::uint32_t kAccept = 0xffff'ffff;
constexpr std::uint32_t kReject = 0;

/// A classic BPF program (Documentation/networking/filter.rst). A load beyond the packet's end rejects the packet.
class FilterProgram {
 public:
  void add(std::uint16_t code, std::uint32_t operand = 0) { instructions_.push_back({code, 0, 0, operand}); }

  void load_byte(std::uint32_t offset_from_x) { add(BPF_LD | BPF_B | BPF_IND, offset_from_x); }
  void load_half(std::uint32_t offset_from_x) { add(BPF_LD | BPF_H | BPF_IND, offset_from_x); }
  void add_constant(std::uint32_t value) { add(BPF_ALU | BPF_ADD | BPF_K, value); }
  /// X = A + X.
  void move_x_by_a() {
    add(BPF_ALU | BPF_ADD | BPF_X);
    add(BPF_MISC | BPF_TAX);
  }

  /// Goes on when A is one of `values`, else rejects the packet.
  void require(std::initializer_list<std::uint32_t> values) {
    auto left = static_cast<std::uint8_t>(values.size());
    for (const std::uint32_t value : values) {
      --left;
      // Found: over the remaining comparisons and the rejection.
      instructions_.push_back({BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint8_t>(left + 1), 0, value});
    }
    add(BPF_RET | BPF_K, kReject);
  }

  /// Accepts or rejects by A and ends this way through the program.
  void accept_only(std::uint32_t value) {
    require({value});
    add(BPF_RET | BPF_K, kAccept);
  }

  /// Runs `body` when A equals `value`, else skips it.
  template <typename Body>
  void when(std::uint32_t value, Body body) {
    const std::size_t jump = instructions_.size();
    add(BPF_JMP | BPF_JEQ | BPF_K, value);
    body();
    instructions_[jump].jf = static_cast<std::uint8_t>(instructions_.size() - jump - 1);
  }

  [[nodiscard]] CallError attach(int fd) {
    const sock_fprog program{.len = static_cast<unsigned short>(instructions_.size()), .filter = instructions_.data()};
    if (::setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) != 0) {
      return call_error(errno, "setsockopt(SO_ATTACH_FILTER)");
    }
    return {};
  }

 private:
  std::vector<sock_filter> instructions_;
};

/// With X at an ICMP header: whether it is an echo request of the identifier, as errors quote it.
void accept_quoted_request(FilterProgram& program, std::uint32_t request_type, std::uint16_t identifier) {
  program.load_byte(0);
  program.require({request_type});
  program.load_half(4);
  program.accept_only(identifier);
}

/// The packet starts with the IPv4 header.
FilterProgram ipv4_identifier_filter(std::uint16_t identifier) {
  FilterProgram program;
  program.add(BPF_LDX | BPF_B | BPF_MSH, 0);  // X = length of the IPv4 header
  program.load_byte(0);
  program.when(ICMP_ECHOREPLY, [&] {
    program.load_half(4);
    program.accept_only(identifier);
  });
  program.require({ICMP_DEST_UNREACH, ICMP_SOURCE_QUENCH, ICMP_REDIRECT, ICMP_TIME_EXCEEDED, ICMP_PARAMETERPROB});
  program.load_byte(8 + 9);
  program.require({IPPROTO_ICMP});
  program.load_byte(8);
  program.add(BPF_ALU | BPF_AND | BPF_K, 0x0f);
  program.add(BPF_ALU | BPF_LSH | BPF_K, 2);
  program.add_constant(8);
  program.move_x_by_a();  // X = the quoted ICMP header, whatever options the quoted packet has
  accept_quoted_request(program, ICMP_ECHO, identifier);
  return program;
}

/// With A the kind of the quoted header at X: steps over it when it is an extension header; A and X then name the next.
void step_over_extension(FilterProgram& program) {
  constexpr std::uint32_t kNextHeader = 0;  // index in the scratch memory
  for (const std::uint32_t extension :
       {std::uint32_t{IPPROTO_HOPOPTS}, std::uint32_t{IPPROTO_ROUTING}, std::uint32_t{IPPROTO_DSTOPTS}}) {
    // A is compared with every kind, so the next header's kind must not look like one of those still to come.
    program.when(extension, [&] {
      program.load_byte(0);
      program.add(BPF_ST, kNextHeader);
      program.load_byte(1);
      program.add_constant(1);
      program.add(BPF_ALU | BPF_LSH | BPF_K, 3);
      program.move_x_by_a();
      program.add(BPF_LD | BPF_MEM, kNextHeader);
    });
  }
  program.when(IPPROTO_FRAGMENT, [&] {
    program.load_byte(0);
    program.add(BPF_ST, kNextHeader);
    program.add(BPF_LD | BPF_IMM, 8);
    program.move_x_by_a();
    program.add(BPF_LD | BPF_MEM, kNextHeader);
  });
}

/// The packet starts with the ICMPv6 header.
FilterProgram ipv6_identifier_filter(std::uint16_t identifier) {
  constexpr std::uint32_t kQuotedHeader = 8;
  constexpr std::uint32_t kIpv6HeaderBytes = 40;
  FilterProgram program;
  program.add(BPF_LDX | BPF_IMM, 0);
  program.load_byte(0);
  program.when(ICMP6_ECHO_REPLY, [&] {
    program.load_half(4);
    program.accept_only(identifier);
  });
  program.require({ICMP6_DST_UNREACH, ICMP6_PACKET_TOO_BIG, ICMP6_TIME_EXCEEDED, ICMP6_PARAM_PROB});
  program.add(BPF_LDX | BPF_IMM, kQuotedHeader + kIpv6HeaderBytes);
  program.add(BPF_LD | BPF_B | BPF_ABS, kQuotedHeader + 6);
  step_over_extension(program);
  program.require({IPPROTO_ICMPV6});
  accept_quoted_request(program, ICMP6_ECHO_REQUEST, identifier);
  return program;
}

CallError filter_ipv4_types(int fd) {
  icmp_filter filter{};
  filter.data = 0xffff'ffff;
  for (const unsigned type : {0u, 3u, 4u, 5u, 11u, 12u, 14u, 16u, 18u}) {
    filter.data &= ~(1u << type);
  }
  if (::setsockopt(fd, kRawLevel, ICMP_FILTER, &filter, sizeof filter) != 0) {
    return call_error(errno, "setsockopt(ICMP_FILTER)");
  }
  return {};
}

CallError filter_ipv6_types(int fd) {
  icmp6_filter filter{};
  ICMP6_FILTER_SETBLOCKALL(&filter);
  for (const int type : {ICMP6_DST_UNREACH, ICMP6_PACKET_TOO_BIG, ICMP6_TIME_EXCEEDED, ICMP6_PARAM_PROB,
                         ICMP6_ECHO_REPLY}) {
    ICMP6_FILTER_SETPASS(type, &filter);
  }
  if (::setsockopt(fd, IPPROTO_ICMPV6, ICMP6_FILTER, &filter, sizeof filter) != 0) {
    return call_error(errno, "setsockopt(ICMP6_FILTER)");
  }
  return {};
}

void discard_received(int fd) noexcept {
  for (int count = 0; count < kMostDiscarded; ++count) {
    if (::recv(fd, nullptr, 0, MSG_DONTWAIT | MSG_TRUNC) < 0) {
      return;
    }
  }
}

}  // namespace

CallError filter_raw_socket(int fd, AddressFamily family, std::optional<std::uint16_t> only_identifier) {
  const bool is_ipv4 = family == AddressFamily::kIpv4;
  if (const CallError error = is_ipv4 ? filter_ipv4_types(fd) : filter_ipv6_types(fd)) {
    return error;
  }
  if (only_identifier) {
    FilterProgram program =
        is_ipv4 ? ipv4_identifier_filter(*only_identifier) : ipv6_identifier_filter(*only_identifier);
    if (const CallError error = program.attach(fd)) {
      return error;
    }
  }
  discard_received(fd);
  return {};
}

}  // namespace netdiag
