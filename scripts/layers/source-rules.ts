import { nameOf, nodesOf } from './imports.ts';

const LARGEST_FILE_LINES = 300;
/** An entry only starts what others made. */
const LARGEST_ENTRY_LINES = 50;
const ENTRY = /^src\/(main\/(index|cli|icmp)|preload\/index)\.ts$/;
/** Names that say nothing of what is inside. */
const EMPTY_NAME = /(^|\/|-)(utils?|helpers?|common|managers?|misc)(\.|-|\/|$)/i;
/** Macros by which compilers tell platforms apart. */
const PLATFORM_MACRO = /\b(_WIN32|_WIN64|WIN32|__APPLE__|__MACH__|__linux__|__linux|__unix__|__FreeBSD__|_MSC_VER)\b/;
const WITHOUT_PLATFORM = /^native\/src\/(core|binding)\//;
const BINDING = /^native\/src\/binding\//;
/** What a test is made with, and what Playwright gives to a running one. */
const TEST_FUNCTIONS = new Set(['it', 'test', 'describe', 'suite', 'testInfo']);
/** Other names of `it.skip`, `describe.only` and the like. */
const LEAVING_OUT_BY_NAME = new Set(['xit', 'xtest', 'xdescribe', 'fit', 'fdescribe']);
const LEAVING_OUT = new Set(['skip', 'only', 'todo', 'fixme', 'skipIf', 'runIf', 'fails']);

/** What is wrong with a file's name or length. */
export function shapeFaults(path: string, source: string): string[] {
  const faults: string[] = [];
  const lines = source.trimEnd().split('\n').length;
  if (lines > LARGEST_FILE_LINES) faults.push(`has ${lines} lines, more than ${LARGEST_FILE_LINES}`);
  if (ENTRY.test(path) && lines >= LARGEST_ENTRY_LINES) {
    faults.push(`is an entry with ${lines} lines; it must have less than ${LARGEST_ENTRY_LINES}`);
  }
  if (EMPTY_NAME.test(path)) faults.push('has a name that says nothing of what is inside');
  return faults;
}

/** The names of a chain of members and calls: `it.each([1]).skip` is it, each, skip. Empty when it starts otherwise. */
function chainOf(node: unknown): readonly string[] {
  const { type, object, property, callee } = node as Record<string, unknown>;
  if (type === 'CallExpression') return chainOf(callee);
  if (type !== 'MemberExpression') return [nameOf(node) ?? ''];
  return [...chainOf(object), nameOf(property) ?? ''];
}

/** Tests that are left out, or that leave out all others. */
export function unrunTests(program: unknown): string[] {
  const faults: string[] = [];
  for (const node of nodesOf(program)) {
    const isCallByName = node.type === 'CallExpression' && LEAVING_OUT_BY_NAME.has(nameOf(node.callee) ?? '');
    if (!isCallByName && node.type !== 'MemberExpression') continue;
    const chain = chainOf(node);
    const leavesOut = TEST_FUNCTIONS.has(chain[0] ?? '') && LEAVING_OUT.has(chain.at(-1) ?? '');
    if (isCallByName || leavesOut) faults.push(`has ${chain.join('.')}: every test runs, always`);
  }
  return faults;
}

function withoutComments(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '');
}

/** What a C++ file has to leave to another one: platforms to src/<platform>, Node to src/binding. */
export function nativeFaults(path: string, source: string): string[] {
  const faults: string[] = [];
  for (const [line, directive = ''] of withoutComments(source).matchAll(/^[ \t]*#[ \t]*(\w+).*$/gm)) {
    if (WITHOUT_PLATFORM.test(path) && /^(el)?ifn?(def)?$/.test(directive) && PLATFORM_MACRO.test(line)) {
      faults.push(`tells platforms apart (${line.trim()}): binding.gyp chooses files instead`);
    }
    if (
      path.startsWith('native/src/') &&
      !BINDING.test(path) &&
      directive === 'include' &&
      /\bn(ode_)?api\.h/.test(line)
    ) {
      faults.push('includes Node’s headers; only native/src/binding knows Node');
    }
  }
  return faults;
}
