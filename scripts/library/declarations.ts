import { nodesOf, parseSource } from '../layers/imports.ts';
import { type DocComment, parseDocComment } from './doc-comment.ts';

/** A property or a method; a getter and its setter are one property. */
export interface Member {
  readonly kind: 'constructor' | 'method' | 'property';
  readonly name: string;
  /** As TypeScript declares it, in one line. Of a property it is its type. */
  readonly signature: string;
  readonly isReadonly: boolean;
  readonly isOptional: boolean;
  readonly isProtected: boolean;
  readonly doc: DocComment | null;
}

/** Something that a declaration file exports. */
export interface Declaration {
  readonly kind: 'class' | 'interface' | 'function' | 'constant' | 'type';
  readonly name: string;
  /** Its head as TypeScript declares it: without members, without `export declare`. */
  readonly signature: string;
  /** Name of the class or interface that it extends. */
  readonly parent: string | null;
  readonly doc: DocComment | null;
  readonly members: readonly Member[];
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

function asNode(value: unknown): Node | null {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value ? (value as Node) : null;
}

function asNodes(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value.map(asNode).filter((node) => node !== null) : [];
}

function identifierOf(value: unknown): string | null {
  const name = asNode(value)?.name;
  return typeof name === 'string' ? name : null;
}

/** Text of a part of the source in one line, without comments. */
function lineOf(source: string, start: number, end: number): string {
  return source
    .slice(start, end)
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/\s+/g, ' ')
    .replace(/[;,]?\s*$/, '')
    .trim();
}

/** The docstring that ends just before a place in the source. */
function docBefore(source: string, place: number): DocComment | null {
  const before = source.slice(0, place).trimEnd();
  if (!before.endsWith('*/')) return null;
  const start = before.lastIndexOf('/**');
  return start < 0 ? null : parseDocComment(before.slice(start + 2, -2));
}

const KINDS: Readonly<Record<string, Declaration['kind']>> = {
  ClassDeclaration: 'class',
  TSInterfaceDeclaration: 'interface',
  TSDeclareFunction: 'function',
  VariableDeclaration: 'constant',
  TSTypeAliasDeclaration: 'type',
};

function typeOf(source: string, node: Node): string {
  const annotation = asNode(node.typeAnnotation) ?? asNode(asNode(node.value)?.returnType);
  return annotation === null ? 'unknown' : lineOf(source, annotation.start, annotation.end).replace(/^: ?/, '');
}

function memberKind(node: Node): Member['kind'] {
  if (node.kind === 'constructor') return 'constructor';
  const isMethod = node.type === 'MethodDefinition' || node.type === 'TSAbstractMethodDefinition';
  return (isMethod && node.kind === 'method') || node.type === 'TSMethodSignature' ? 'method' : 'property';
}

function memberOf(source: string, node: Node): Member | null {
  const key = asNode(node.key);
  if (key === null || key.type === 'PrivateIdentifier' || node.accessibility === 'private') return null;
  // The setter's type is the getter's, and the docstring stands with the getter.
  if (node.kind === 'set') return null;
  const kind = memberKind(node);
  const name = lineOf(source, key.start, key.end);
  return {
    kind,
    name: node.computed === true ? `[${name}]` : name,
    signature:
      kind === 'property'
        ? typeOf(source, node)
        : lineOf(source, node.start, node.end).replace(/^(protected |abstract |static )+/, ''),
    isReadonly: node.readonly === true || node.kind === 'get',
    isOptional: node.optional === true,
    isProtected: node.accessibility === 'protected',
    doc: docBefore(source, node.start),
  };
}

function membersOf(source: string, body: Node | null): Member[] {
  const nodes = asNodes(body?.body);
  const settable = new Set(nodes.filter((node) => node.kind === 'set').map((node) => identifierOf(node.key)));
  return nodes
    .map((node) => memberOf(source, node))
    .filter((member) => member !== null)
    .map((member) => (settable.has(member.name) ? { ...member, isReadonly: false } : member));
}

/** Reads what a declaration file exports where it declares it. Throws when it is no TypeScript. */
export function declarationsOf(path: string, source: string): Declaration[] {
  const found: Declaration[] = [];
  for (const statement of nodesOf(parseSource(path, source))) {
    const declared = statement.type === 'ExportNamedDeclaration' ? asNode(statement.declaration) : null;
    const kind = declared === null ? undefined : KINDS[declared.type];
    if (declared === null || kind === undefined) continue;
    const [variable] = asNodes(declared.declarations);
    const body = kind === 'class' || kind === 'interface' ? asNode(declared.body) : null;
    const [extended] = asNodes(declared.extends);
    const outer = asNode(statement);
    found.push({
      kind,
      name: identifierOf(declared.id) ?? identifierOf(variable?.id) ?? '',
      signature: lineOf(source, declared.start, body?.start ?? declared.end).replace(/^declare /, ''),
      parent: identifierOf(declared.superClass) ?? identifierOf(extended?.expression),
      doc: outer === null ? null : docBefore(source, outer.start),
      members: membersOf(source, body),
    });
  }
  return found;
}
