import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Node-API version of the addon: NAPI_VERSION in binding.gyp. */
const NODE_API = 'v9';

/**
 * Assembly that stands in for the import library of Node on Windows. Each function of Node-API becomes a jump through a
 * pointer, which `native/src/windows-node/node_symbols.cpp` fills from the program that loaded the addon, whatever its name:
 * `node.exe`, `Hopscope.exe`. A usual import would ask for `node.exe` by name and fail in every other program.
 *
 * @param {string} headers folder of the package node-api-headers
 * @param {'x64' | 'arm64'} arch
 */
export function nodeSymbolsAssembly(headers, arch) {
  const { symbols } = createRequire(import.meta.url)(join(headers, 'index.js'));
  /** @type {readonly string[]} */
  const names = [...symbols[NODE_API].js_native_api_symbols, ...symbols[NODE_API].node_api_symbols].sort();
  const jump =
    arch === 'x64'
      ? (/** @type {number} */ index) => [`  jmp *hopscope_node_functions+${index * 8}(%rip)`]
      : (/** @type {number} */ index) => [
          '  adrp x16, hopscope_node_functions',
          '  add x16, x16, :lo12:hopscope_node_functions',
          `  ldr x16, [x16, #${index * 8}]`,
          '  br x16',
        ];
  return [
    '  .text',
    ...names.flatMap((name, index) => [`  .globl ${name}`, `${name}:`, ...jump(index)]),
    '  .section .rdata,"dr"',
    '  .globl hopscope_node_function_names',
    'hopscope_node_function_names:',
    ...names.map((name) => `  .asciz "${name}"`),
    '  .byte 0',
    '  .data',
    '  .p2align 3',
    '  .globl hopscope_node_functions',
    'hopscope_node_functions:',
    `  .zero ${names.length * 8}`,
    '',
  ].join('\n');
}
