/** Compiles and links the addon for another system, with Zig. */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { newestChange } from '../newest-change.mjs';
import { nodeSymbolsAssembly } from './node-symbols.mjs';
import { CACHE, ensurePackage } from './pinned-packages.mjs';
import { FOLDERS, LIBRARIES, targetName } from './targets.mjs';

/** @import { Target } from './targets.mjs' */

const ROOT = resolve(import.meta.dirname, '../..');
const NATIVE = join(ROOT, 'native');

/** As binding.gyp has them, and warnings are errors. */
const COMPILE = [
  ...['-std=c++20', '-O2', '-Wall', '-Wextra', '-Wpedantic', '-Werror', '-fvisibility=hidden', `-I${NATIVE}/src`],
  // The macOS headers that Zig brings leave it open what may be null.
  ...['-Wno-nullability-completeness', '-DNAPI_VERSION=9', '-DNODE_ADDON_API_CPP_EXCEPTIONS_ALL'],
  ...['-DNODE_ADDON_API_DISABLE_DEPRECATED', '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS'],
  ...['-DNODE_API_NO_EXTERNAL_BUFFERS_ALLOWED', '-DNODE_GYP_MODULE_NAME=hopscope'],
];
const COMPILE_FOR = { linux: ['-fPIC'], darwin: [], win32: ['-DWIN32_LEAN_AND_MEAN', '-DNOMINMAX'] };

/**
 * Runs Zig. @param {readonly string[]} parameters @returns {Promise<string | null>} null, or what it said when it failed.
 */
export function zig(parameters) {
  const program = join(ensurePackage('zig'), 'bin/zig');
  const environment = {
    ...process.env,
    ZIG_LIB_DIR: ensurePackage('zig-library'),
    ZIG_GLOBAL_CACHE_DIR: join(CACHE, 'zig'),
    ZIG_LOCAL_CACHE_DIR: join(CACHE, 'zig'),
  };
  const { promise, resolve: done } = /** @type {PromiseWithResolvers<string | null>} */ (Promise.withResolvers());
  const child = spawn(program, parameters, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (data) => {
    said += data;
  });
  child.stderr.on('data', (data) => {
    said += data;
  });
  child.on('error', (error) => done(error.message));
  child.on('close', (code) => done(code === 0 ? null : said || `zig ended with ${code}`));
  return promise;
}

/**
 * Runs tasks, as many at once as there are cores. @param {ReadonlyArray<() => Promise<string | null>>} tasks
 * @returns {Promise<readonly string[]>} what failed.
 */
async function runAll(tasks) {
  /** @type {string[]} */
  const failures = [];
  const waiting = [...tasks];
  await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const failure = await next();
        if (failure !== null) failures.push(failure);
      }
    }),
  );
  return failures;
}

/** @param {string} file */
function changed(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Every C++ file of some folders below native/src. @param {readonly string[]} folders */
export function sourcesOf(folders) {
  return folders.flatMap((folder) =>
    readdirSync(join(NATIVE, 'src', folder))
      .filter((name) => name.endsWith('.cpp'))
      .map((name) => join(NATIVE, 'src', folder, name)),
  );
}

/** Every header below native/src. */
function headersOf() {
  return readdirSync(join(NATIVE, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.h'))
    .map((name) => join(NATIVE, 'src', name));
}

/**
 * Compiles and links the addon when it is missing or older than its sources.
 * @param {Target} target
 * @returns {Promise<{ readonly addon: string, readonly failures: readonly string[] }>}
 */
export async function buildAddon(target) {
  const { platform, arch, triple } = target;
  const headers = ensurePackage('node-api-headers');
  const work = join(NATIVE, 'build/cross', targetName(target));
  const addon = join(work, 'hopscope.node');
  mkdirSync(work, { recursive: true });
  if (changed(addon) >= newestChange([join(NATIVE, 'src'), import.meta.dirname])) return { addon, failures: [] };
  const newestHeader = newestChange([import.meta.dirname, ...headersOf()]);
  const folders = platform === 'win32' ? [...FOLDERS.win32, 'windows-node'] : FOLDERS[platform];
  const sources = sourcesOf(folders);
  const parameters = [
    ...['c++', '-target', triple, ...COMPILE, ...COMPILE_FOR[platform]],
    ...['-isystem', join(ROOT, 'node_modules/node-addon-api'), '-isystem', join(headers, 'include')],
  ];
  const object = (/** @type {string} */ source) =>
    join(work, `${basename(resolve(source, '..'))}-${basename(source)}.o`);
  const objects = sources.map(object);
  const tasks = sources
    .map((source) => ({ source, made: object(source) }))
    .filter(({ source, made }) => changed(made) < Math.max(changed(source), newestHeader))
    .map(
      ({ source, made }) =>
        () =>
          zig([...parameters, '-c', source, '-o', made]),
    );
  if (platform === 'win32') {
    const assembly = join(work, 'node_symbols.s');
    const made = join(work, 'node_symbols.o');
    writeFileSync(assembly, nodeSymbolsAssembly(headers, arch));
    tasks.push(() => zig(['cc', '-target', triple, '-c', assembly, '-o', made]));
    objects.push(made);
  }
  const failures = await runAll(tasks);
  if (failures.length > 0) return { addon, failures };
  const linked = await zig([
    'c++',
    '-target',
    triple,
    '-shared',
    '-s',
    ...objects,
    ...LIBRARIES[platform],
    '-o',
    addon,
  ]);
  return { addon, failures: linked === null ? [] : [linked] };
}
