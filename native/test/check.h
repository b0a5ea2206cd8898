#pragma once

#include <cstdio>
#include <cstdlib>

namespace netdiag::test {

/// Ends the test program with the place and the words when a statement does not hold.
inline void require(bool holds, const char* statement, const char* file, int line) {
  if (!holds) {
    std::fprintf(stderr, "%s:%d: not so: %s\n", file, line, statement);
    std::exit(1);
  }
}

}  // namespace netdiag::test

#define REQUIRE(statement) ::netdiag::test::require(static_cast<bool>(statement), #statement, __FILE__, __LINE__)
