import { posix } from 'node:path';

/** `[text](target)` and `![text](target "title")`; a target in angle brackets may hold spaces. */
const LINK = /\]\(\s*(?:<([^>]*)>|([^\s)]+))[^)]*\)/g;
const CODE = /^ *(```|~~~)[\s\S]*?^ *\1|`[^`\n]*`/gm;
const WITH_SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/** Sentences, one for each relative link of a Markdown file to something that does not exist. */
export function brokenLinks(path: string, source: string, exists: (path: string) => boolean): string[] {
  const targets = [...source.replaceAll(CODE, '').matchAll(LINK)].map((match) => match[1] ?? match[2] ?? '');
  const files = new Set<string>();
  for (const target of targets) {
    if (!WITH_SCHEME.test(target) && !target.startsWith('#')) files.add(decodeURI(target.replace(/[?#].*$/, '')));
  }
  return [...files]
    .filter((file) => !exists(posix.normalize(posix.join(posix.dirname(path), file))))
    .map((file) => `links to ${file}, which does not exist`);
}
