import { readRange } from '../../../contract/address-ranges.ts';

/** What a person typed, taken apart into targets, or the first thing that is wrong with it. */
export type ParsedTargets =
  | { readonly ok: true; readonly targets: readonly string[] }
  | { readonly ok: false; readonly problem: string };

const ALLOWED = 'Type host names such as example.com, or addresses such as 192.0.2.1 or 2001:db8::1.';

/** Longest name of the DNS in its written form (RFC 1035 section 2.3.4, without the final dot). */
const NAME_LENGTH_LIMIT = 253;
const LABEL_LENGTH_LIMIT = 63;

/** Digits and dots, or hexadecimal digits and colons, before a slash or a hyphen: no name of a host looks so. */
const RANGE_LIKE = /^(?:\d+(?:\.\d*)+|[\da-f]*:[\da-f:.]*(?:%[^/%-]+)?)[/-]/i;

/**
 * Takes apart what was typed at commas, semicolons, spaces and line ends. A web address counts as its host name.
 * Nothing is accepted unless everything is, so that a slip of the pen is not half done.
 */
export function parseTargets(typed: string): ParsedTargets {
  const targets: string[] = [];
  const hosts = typed
    .split(/[\s,;]+/)
    .filter((word) => word !== '')
    .map(hostOf);
  // Ranges have a place of their own, the sweep, and go there once all of them are right.
  const wrongRange = hosts.map(rangeProblemOf).find((problem) => problem !== null);
  if (wrongRange !== undefined) return { ok: false, problem: wrongRange };
  for (const target of hosts) {
    const problem = problemOf(target);
    if (problem !== null) return { ok: false, problem };
    if (!targets.includes(target)) targets.push(target);
  }
  return targets.length === 0 ? { ok: false, problem: `Nothing was typed. ${ALLOWED}` } : { ok: true, targets };
}

function hostOf(word: string): string {
  const web = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]*)/i.exec(word);
  const host = web?.[1] ?? word;
  return /^\[.*\]$/.test(host) ? host.slice(1, -1) : host;
}

/** What the sweep says of a range that means none; null for a right one, and for what is no range. */
function rangeProblemOf(target: string): string | null {
  const range = RANGE_LIKE.test(target) ? readRange(target) : null;
  return range?.kind === 'wrong' ? range.sentence : null;
}

function problemOf(target: string): string | null {
  if (RANGE_LIKE.test(target)) return `“${target}” is a range. Only single hosts can be watched. ${ALLOWED}`;
  if (target.includes('/')) return `“${target}” is a path. Only single hosts can be watched. ${ALLOWED}`;
  if (target.includes(':')) {
    return isIpv6(target) ? null : `“${target}” is not a complete IPv6 address. ${ALLOWED}`;
  }
  if (/^[\d.]+$/.test(target)) {
    return isIpv4(target)
      ? null
      : `“${target}” is not a complete IPv4 address: that is four numbers from 0 to 255, such as 192.0.2.1.`;
  }
  return nameProblem(target);
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

/** RFC 4291 section 2.2, with the zone of RFC 4007. */
function isIpv6(text: string): boolean {
  const zoneless = /^([^%]*)(?:%[^%\s]+)?$/.exec(text)?.[1];
  if (zoneless === undefined) return false;
  const halves = zoneless.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1);
  const endsInIpv4 = last?.includes('.') === true;
  if (endsInIpv4 && !isIpv4(last)) return false;
  const hexadecimal = endsInIpv4 ? groups.slice(0, -1) : groups;
  if (!hexadecimal.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false;
  const length = hexadecimal.length + (endsInIpv4 ? 2 : 0);
  return halves.length === 2 ? length <= 7 : length === 8;
}

function nameProblem(name: string): string | null {
  const bare = name.replace(/\.$/, '');
  const strange = /[^\p{L}\p{M}\p{N}._-]/u.exec(bare)?.[0];
  if (strange !== undefined) {
    return `“${name}” contains “${strange}”. A host name consists of letters, digits, hyphens and dots.`;
  }
  if (bare.length > NAME_LENGTH_LIMIT) {
    return `A host name of ${bare.length} characters is too long. At most ${NAME_LENGTH_LIMIT} are allowed.`;
  }
  const labels = bare.split('.');
  if (labels.some((label) => label === '')) return `“${name}” has an empty part between its dots. ${ALLOWED}`;
  const long = labels.find((label) => label.length > LABEL_LENGTH_LIMIT);
  if (long !== undefined) {
    return `The part “${long.slice(0, 16)}…” is too long. Each part of a host name has at most ${LABEL_LENGTH_LIMIT} characters.`;
  }
  if (labels.some((label) => label.startsWith('-') || label.endsWith('-'))) {
    return `“${name}” has a part that begins or ends with a hyphen. ${ALLOWED}`;
  }
  return null;
}

/** Leaves out what is under watch already; when nothing is left, says so. */
export function withoutWatched(parsed: ParsedTargets, watched: readonly string[]): ParsedTargets {
  if (!parsed.ok) return parsed;
  const targets = parsed.targets.filter((target) => !watched.includes(target));
  if (targets.length > 0) return { ok: true, targets };
  const names = parsed.targets.map((target) => `“${target}”`).join(', ');
  return { ok: false, problem: `${names} ${parsed.targets.length === 1 ? 'is' : 'are'} under watch already.` };
}
