import { posix } from 'node:path';
import { parseSync } from 'vite';

/**
 * What one import names: a file of this project (path from its root; whether only its types are used), a package
 * (`node:` for Node's own), or something that is only known when the program runs.
 */
export type Imported =
  | { readonly kind: 'file'; readonly path: string; readonly isTypeOnly: boolean }
  | { readonly kind: 'package'; readonly name: string }
  | { readonly kind: 'computed' };

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

/** The text of a string, or of a template that nothing is put into; null for anything else. */
function constantText(node: unknown): string | null {
  if (!isNode(node)) return null;
  if (typeof node.value === 'string') return node.value;
  if (node.type !== 'TemplateLiteral') return null;
  const { quasis } = node as unknown as { quasis: readonly { value: { cooked: string } }[] };
  return quasis.length === 1 ? (quasis[0]?.value.cooked ?? null) : null;
}

/** Whether nothing of the module is left when the types are taken away. */
function isTypeOnly(node: Node): boolean {
  if (node.type === 'TSImportType' || node.importKind === 'type' || node.exportKind === 'type') return true;
  const specifiers = (node.specifiers ?? []) as readonly { importKind?: string; exportKind?: string }[];
  return (
    specifiers.length > 0 &&
    specifiers.every(({ importKind, exportKind }) => importKind === 'type' || exportKind === 'type')
  );
}

/** `process.getBuiltinModule('fs')`: a way to Node's modules without an import. */
function isBuiltinCall(node: Node): boolean {
  return node.type === 'MemberExpression' && isNode(node.property) && nameOf(node.property) === 'getBuiltinModule';
}

/** The name of an identifier, or the text between the brackets of `object['name']`. */
export function nameOf(node: unknown): string | null {
  return isNode(node) && typeof node.name === 'string' ? node.name : constantText(node);
}

function imported(from: string, name: string, isTypeOnly: boolean): Imported {
  if (name.startsWith('.')) {
    const [withoutQuery = name] = name.split('?');
    return { kind: 'file', path: posix.normalize(posix.join(posix.dirname(from), withoutQuery)), isTypeOnly };
  }
  if (name.startsWith('node:')) return { kind: 'package', name: 'node:' };
  const parts = name.split('/');
  return { kind: 'package', name: parts.slice(0, name.startsWith('@') ? 2 : 1).join('/') };
}

/** Everything that a parsed file imports. */
export function importsOf(path: string, program: unknown): Imported[] {
  const found: Imported[] = [];
  for (const node of nodesOf(program)) {
    if (isBuiltinCall(node)) found.push({ kind: 'package', name: 'node:' });
    if (!IMPORTING.has(node.type) || !isNode(node.source)) continue;
    const name = constantText(node.source);
    found.push(name === null ? { kind: 'computed' } : imported(path, name, isTypeOnly(node)));
  }
  return found;
}
