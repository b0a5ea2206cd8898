import type { Declaration, Member } from './declarations.ts';
import type { DocComment } from './doc-comment.ts';
import { PAGES, type Page } from './pages.ts';

const GENERATED =
  '<!-- Written by `npm run docs:library` from the docstrings in src/main/icmp. Not to be edited here. -->';

const INTRODUCTION = `# The library \`hopscope/icmp\`

Generated from the docstrings of the sources by \`npm run docs:library\`; a test fails when the two differ. How to install and
import it, and a first example, are in the [README](../../README.md#the-library).

Times that a caller gives are in seconds, round trips in milliseconds, moments in seconds since 1970. Where a text speaks of
the seed, it means the Python classes of the same names whose interface this library follows, and says what is different here.
`;

/** What every object or error of a class has, or what Node calls and nobody else. */
const OWN_TO_ALL = new Set(['name', 'toString', '[inspect.custom]']);

function isShown(kind: Declaration['kind'], member: Member): boolean {
  if ((kind === 'class' && OWN_TO_ALL.has(member.name)) || member.isProtected) return false;
  // Without a word on its parameters, a constructor is one that the library itself calls.
  return member.kind !== 'constructor' || member.doc !== null;
}

/** Sentences, one for everything public that has no docstring, or no page. */
export function faultsOf(declarations: readonly Declaration[]): string[] {
  const placed = new Set(PAGES.flatMap(({ names }) => names));
  const known = new Set(declarations.map(({ name }) => name));
  const homeless = declarations.filter(({ name }) => !placed.has(name)).map(({ name }) => `${name} is on no page.`);
  const gone = [...placed].filter((name) => !known.has(name)).map((name) => `${name} is on a page, but not exported.`);
  const mute = declarations.flatMap((declaration) => [
    ...(declaration.doc === null ? [`${declaration.name} has no docstring.`] : []),
    ...declaration.members
      .filter((member) => isShown(declaration.kind, member) && member.doc === null)
      .map((member) => `${declaration.name}.${member.name} has no docstring.`),
  ]);
  return [...homeless, ...gone, ...mute];
}

/** Where each export is told of, from a page beside it. */
function linksTo(page: Page | null): ReadonlyMap<string, string> {
  const links = PAGES.flatMap((other) =>
    other.names.map((name) => [name, `${other === page ? '' : other.file}#${name.toLowerCase()}`] as const),
  );
  return new Map(links);
}

/** Makes links of the exports that a text names between backticks, but for the one that it is about. */
function linked(text: string, links: ReadonlyMap<string, string>, subject: string): string {
  return text.replaceAll(/`(\w+)(\.\w+)?`/g, (code, name: string) => {
    const link = links.get(name);
    return link === undefined || name === subject ? code : `[${code}](${link})`;
  });
}

function cell(text: string): string {
  return text.replaceAll('\n\n', ' ').replaceAll('|', '\\|');
}

/** A type in a table: the exports in it lead to where they are told of. */
function typeCell(type: string, links: ReadonlyMap<string, string>, subject: string): string {
  const parts = type.split(/\b(\w+)\b/).map((part) => {
    const link = part === subject ? undefined : links.get(part);
    return link === undefined ? part : `\`[\`${part}\`](${link})\``;
  });
  return cell(`\`${parts.join('')}\``.replaceAll('``', ''));
}

/** `Throws X if …`; a text may name further types in braces. */
function thrownText({ kind, text }: DocComment['throws'][number]): string {
  const when = text.replaceAll(/\{(\w+)\}/g, '`$1`').replace(/(?<=^|` )(?:If|When)\b/, (word) => word.toLowerCase());
  return `Throws ${kind === '' ? '' : `\`${kind}\` `}${when}`;
}

function detailsOf(doc: DocComment): string[] {
  const parameters = doc.parameters.map(({ name, text }) => `- \`${name}\`: ${text}`);
  return [...parameters, ...doc.throws.map((thrown) => `- ${thrownText(thrown)}`)];
}

function explained(doc: DocComment | null): string[] {
  if (doc === null) return [];
  const details = detailsOf(doc);
  return [...(doc.text === '' ? [] : [doc.text, '']), ...(details.length === 0 ? [] : [...details, ''])];
}

function propertyRow(member: Member, subject: string, links: ReadonlyMap<string, string>): string {
  const { doc, name, isOptional, isReadonly, signature } = member;
  const thrown = doc?.throws.map((one) => ` ${thrownText(one)}`).join('') ?? '';
  const access = isReadonly ? '' : ' Can be set.';
  const text = linked(cell(`${doc?.text ?? ''}${access}${thrown}`), links, subject);
  return `| \`${name}${isOptional ? '?' : ''}\` | ${typeCell(signature, links, subject)} | ${text} |`;
}

function memberLines(declaration: Declaration, links: ReadonlyMap<string, string>): string[] {
  const shown = declaration.members.filter((member) => isShown(declaration.kind, member));
  const properties = shown.filter(({ kind }) => kind === 'property');
  const callable = shown.filter(({ kind }) => kind !== 'property');
  const table =
    properties.length === 0
      ? []
      : [
          `| ${declaration.kind === 'interface' ? 'key' : 'property'} | type | meaning |`,
          '|---|---|---|',
          ...properties.map((member) => propertyRow(member, declaration.name, links)),
          '',
        ];
  const methods = callable.flatMap((member) => {
    const isConstructor = member.kind === 'constructor';
    const call = isConstructor ? member.signature.replace(/^constructor/, `new ${declaration.name}`) : member.signature;
    const heading = isConstructor ? `### \`new ${declaration.name}\`` : `### \`${member.name}\``;
    return [heading, '', '```ts', call, '```', '', ...explained(member.doc).map((line) => linked(line, links, ''))];
  });
  return [...table, ...methods];
}

function parentLine(parent: string, link: string, ownLines: number): string {
  const name = `[\`${parent}\`](${link})`;
  return ownLines === 0 ? `Has what ${name} has, and nothing else.` : `Beyond what ${name} has:`;
}

function declarationLines(declaration: Declaration, page: Page): string[] {
  const links = linksTo(page);
  const { name, parent, signature, doc } = declaration;
  const link = parent === null ? undefined : links.get(parent);
  const members = memberLines(declaration, links);
  // Of an interface that extends nothing, or only what is linked, the heading says it all.
  const isTold = declaration.kind === 'interface' && (parent === null || link !== undefined);
  return [
    `## \`${name}\``,
    '',
    ...(isTold ? [] : ['```ts', signature, '```', '']),
    ...explained(doc).map((line) => linked(line, links, name)),
    ...(link === undefined ? [] : [parentLine(parent ?? '', link, members.length), '']),
    ...members,
  ];
}

function pageText(page: Page, byName: ReadonlyMap<string, Declaration>): string {
  const bodies = page.names.flatMap((name) => {
    const declaration = byName.get(name);
    return declaration === undefined ? [] : declarationLines(declaration, page);
  });
  const opening = linked(page.opening, linksTo(page), '');
  const lines = [
    GENERATED,
    '',
    `# ${page.title}`,
    '',
    `${opening} All pages: [the library](README.md).`,
    '',
    ...bodies,
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function firstSentence(text: string): string {
  return /^.*?[.:](?=\s|$)/.exec(text.replaceAll('\n', ' '))?.[0].replace(/:$/, '.') ?? text;
}

function indexText(byName: ReadonlyMap<string, Declaration>): string {
  const links = linksTo(null);
  const sections = PAGES.flatMap((page) => [
    `## [${page.title}](${page.file})`,
    '',
    linked(page.opening, links, ''),
    '',
    '| name | what it is |',
    '|---|---|',
    ...page.names.map((name) => {
      const first = firstSentence(byName.get(name)?.doc?.text ?? '');
      return `| [\`${name}\`](${links.get(name)}) | ${linked(cell(first), links, name)} |`;
    }),
    '',
  ]);
  return `${[GENERATED, '', INTRODUCTION, ...sections].join('\n').trimEnd()}\n`;
}

/** The files of the reference and their text. */
export function renderReference(declarations: readonly Declaration[]): ReadonlyMap<string, string> {
  const byName = new Map(declarations.map((declaration) => [declaration.name, declaration]));
  const pages = PAGES.map((page) => [page.file, pageText(page, byName)] as const);
  return new Map([['README.md', indexText(byName)], ...pages]);
}
