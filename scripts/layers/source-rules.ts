import { nodesOf } from './imports.ts';

const LARGEST_FILE_LINES = 300;
/** An entry only starts what others made. */
const LARGEST_ENTRY_LINES = 50;
const ENTRY = /^src\/(main\/(index|cli|web|icmp)|preload\/index)\.ts$/;
/** Names that say nothing of what is inside. */
const EMPTY_NAME = /(^|\/|-)(utils?|helpers?|common|managers?|misc)(\.|-|\/|$)/i;
/** Macros by which compilers tell platforms apart. */
const PLATFORM_MACRO = /\b(_WIN32|_WIN64|WIN32|__APPLE__|__MACH__|__linux__|__linux|__unix__|__FreeBSD__|_MSC_VER)\b/;
const WITHOUT_PLATFORM = /^native\/src\/(core|binding)\//;
const BINDING = /^native\/src\/binding\//;
const TEST_FUNCTIONS = new Set(['it', 'test', 'describe', 'suite']);
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

/** Tests that are left out, or that leave out all others. */
export function unrunTests(program: unknown): string[] {
  const faults: string[] = [];
  for (const node of nodesOf(program)) {
    if (node.type !== 'MemberExpression') continue;
    const { object, property } = node as unknown as { object: { name?: string }; property: { name?: string } };
    if (!TEST_FUNCTIONS.has(object.name ?? '') || !LEAVING_OUT.has(property.name ?? '')) continue;
    faults.push(`has ${object.name}.${property.name}: every test runs, always`);
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
