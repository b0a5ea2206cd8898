import { posix } from 'node:path';
import { parseSync } from 'vite';

/** What one import names: a file of this project (path from its root) or a package (`node:` for Node's own). */
export type Imported =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'package'; readonly name: string };

interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** Every node of a syntax tree, parents first. */
export function* nodesOf(root: unknown): Generator<Node> {
  if (Array.isArray(root)) {
    for (const item of root) yield* nodesOf(item);
  } else if (isNode(root)) {
    yield root;
    for (const value of Object.values(root)) {
      if (typeof value === 'object') yield* nodesOf(value);
    }
  }
}

/** Parses TypeScript or JavaScript. Throws with the file's name when it is not that. */
export function parseSource(path: string, source: string): unknown {
  const parsed = parseSync(path, source);
  const [error] = parsed.errors;
  if (error !== undefined) throw new SyntaxError(`${path}: ${error.message}`);
  return parsed.program;
}

/** Nodes whose `source` is the name of a module: static, re-exported, dynamic and type-only imports. */
const IMPORTING = new Set([
  'ImportDeclaration',
  'ExportAllDeclaration',
  'ExportNamedDeclaration',
  'ImportExpression',
  'TSImportType',
]);

function moduleName(node: Node): string | null {
  // `import('./a.ts')` as a type wraps its literal in older trees; both forms end in a string `value`.
  const source = node.source ?? node.argument;
  const literal = isNode(source) && isNode(source.literal) ? source.literal : source;
  return isNode(literal) && typeof literal.value === 'string' ? literal.value : null;
}

function imported(from: string, name: string): Imported {
  if (name.startsWith('.')) {
    const [withoutQuery = name] = name.split('?');
    return { kind: 'file', path: posix.normalize(posix.join(posix.dirname(from), withoutQuery)) };
  }
  if (name.startsWith('node:')) return { kind: 'package', name: 'node:' };
  const parts = name.split('/');
  return { kind: 'package', name: parts.slice(0, name.startsWith('@') ? 2 : 1).join('/') };
}

/** Everything that a parsed file imports. */
export function importsOf(path: string, program: unknown): Imported[] {
  const found: Imported[] = [];
  for (const node of nodesOf(program)) {
    if (!IMPORTING.has(node.type)) continue;
    const name = moduleName(node);
    if (name !== null) found.push(imported(path, name));
  }
  return found;
}
