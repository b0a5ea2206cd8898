import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

const manifest: { name: string; version: string; description: string; author: string; license: string } = JSON.parse(
  readFileSync(join(ROOT, 'package.json'), 'utf8'),
);

export const NAME = manifest.name;
export const VERSION = manifest.version;
export const AUTHOR = manifest.author;
export const LICENSE = manifest.license;
/** In one sentence, with its end. */
export const DESCRIPTION = manifest.description;

/** Who publishes, and where. */
export interface Publisher {
  readonly homepage: string;
  /** For the field of that name in packages: a name and an address. */
  readonly maintainer: string;
  /** Where releases and so updates come from; null: nowhere, and the packages ask nobody. */
  readonly releases: { readonly owner: string; readonly repo: string } | null;
}

/**
 * Who publishes what is packed: whose repository a workflow of GitHub runs in. Packages of one's own say that they come
 * from nowhere: `.invalid` is a name that nobody can have (RFC 2606 §2).
 */
export function publisher(environment: Readonly<Record<string, string | undefined>>): Publisher {
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(environment.GITHUB_REPOSITORY ?? '') ?? [];
  return owner === undefined || repo === undefined
    ? { homepage: 'https://hopscope.invalid/', maintainer: `${AUTHOR} <nobody@hopscope.invalid>`, releases: null }
    : {
        homepage: `https://github.com/${owner}/${repo}`,
        maintainer: `${AUTHOR} <${owner}@users.noreply.github.com>`,
        releases: { owner, repo },
      };
}

/**
 * When what is packed was made, in seconds since 1970: SOURCE_DATE_EPOCH, else the last commit. The same sources give
 * the same packages.
 */
export function sourceDate(): number {
  const given = Number(process.env.SOURCE_DATE_EPOCH ?? Number.NaN);
  if (Number.isSafeInteger(given)) return given;
  const asked = spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: ROOT, encoding: 'utf8' });
  const committed = asked.status === 0 ? Number(asked.stdout.trim()) : Number.NaN;
  if (Number.isSafeInteger(committed) && committed > 0) return committed;
  throw new Error('There is no Git history here: give the time of the sources in SOURCE_DATE_EPOCH.');
}

/** The same as a day, for the manual page. */
export function sourceDay(): string {
  return new Date(sourceDate() * 1_000).toISOString().slice(0, 10);
}
