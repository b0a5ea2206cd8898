// Finds the functions of Node-API in the program that loaded the addon. Only for builds without node-gyp, whose own
// hook does the same for Microsoft's compiler; scripts/cross/node-symbols.mjs makes the other half.

#include <windows.h>

#include <cstring>

extern "C" {
/// Names one after another, each ended by a NUL, and a NUL behind the last.
extern const char hopscope_node_function_names[];
/// Where the functions of these names are, in the same order.
extern void* hopscope_node_functions[];
}

namespace {

/// Before anything else of the addon runs. A function that this Node does not have stays null: the addon asks for none
/// beyond NAPI_VERSION, which Node checks.
[[gnu::constructor]] void find_node_functions() {
  const HMODULE program = ::GetModuleHandleW(nullptr);
  void** function = hopscope_node_functions;
  for (const char* name = hopscope_node_function_names; *name != '\0'; name += std::strlen(name) + 1) {
    const FARPROC found = ::GetProcAddress(program, name);
    std::memcpy(function++, &found, sizeof found);
  }
}

}  // namespace
