import type { Updater } from './updates.ts';

/** Where the releases of an installed app are, as its package says in `app-update.yml`. */
export interface UpdateSource {
  readonly owner: string;
  readonly repo: string;
  readonly ability: Updater['ability'];
}

/**
 * Reads what electron-builder wrote into the package. Null when the app has no releases to ask for, as one that somebody
 * packed for themselves.
 *
 * What is fetched is installed only where it is checked to be from the same publisher: by macOS always, on Windows when
 * the package names the publisher of its signature. Packages of Linux, and a portable app, are left to the person.
 */
export function readUpdateSource(yaml: string, platform: NodeJS.Platform, isPortable: boolean): UpdateSource | null {
  const owner = plainValue(yaml, 'owner');
  const repo = plainValue(yaml, 'repo');
  if (plainValue(yaml, 'provider') !== 'github' || owner === null || repo === null) return null;
  const isChecked = platform === 'darwin' || (platform === 'win32' && /^publisherName:/m.test(yaml) && !isPortable);
  return { owner, repo, ability: isChecked ? 'install' : 'copy-page' };
}

/** The page of a release; its tag is `v` and the version. */
export function releasePage({ owner, repo }: UpdateSource, version: string): string {
  return `https://github.com/${owner}/${repo}/releases/tag/v${encodeURIComponent(version)}`;
}

/** A plain value of a flat YAML file; names of GitHub need no quotes. */
function plainValue(yaml: string, key: string): string | null {
  return new RegExp(`^${key}: ([\\w.-]+)$`, 'm').exec(yaml)?.[1] ?? null;
}
