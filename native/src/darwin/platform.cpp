#include "core/platform.h"

namespace netdiag {

const char* platform_name() noexcept {
  return "darwin";
}

}  // namespace netdiag
