/**
 * Builds the native sources and their tests with AddressSanitizer and UndefinedBehaviorSanitizer, then with
 * ThreadSanitizer, and runs them: the parts without Node as plain programs, the addon inside Node. The tests get a
 * network namespace of their own with nothing but loopback. `npm run test:sanitizers`; Linux with GCC or Clang.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, homedir, tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

const NATIVE = resolve(import.meta.dirname, '..');
const COMPILER = process.env.CXX ?? 'g++';
const napi = resolve(dirname(createRequire(import.meta.url).resolve('node-addon-api/package.json')));
/** Beside Node's binary, or where the system or node-gyp keeps them. */
const nodeHeaders = [
  resolve(process.execPath, '../../include/node'),
  '/usr/include/node',
  join(homedir(), '.cache/node-gyp', process.versions.node, 'include/node'),
].find((folder) => existsSync(join(folder, 'node_api.h')));

const WARNINGS = ['-Wall', '-Wextra', '-Wpedantic', '-Werror'];
const COMMON = ['-std=c++20', '-g', '-O1', '-fno-omit-frame-pointer', '-fPIC', ...WARNINGS, `-I${join(NATIVE, 'src')}`];
/** As binding.gyp has them. */
const NAPI = [
  ...['-isystem', napi, '-isystem', nodeHeaders ?? '', '-DNAPI_VERSION=9', '-DNODE_ADDON_API_CPP_EXCEPTIONS_ALL'],
  ...['-DNODE_ADDON_API_DISABLE_DEPRECATED', '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS'],
  ...['-DNODE_API_NO_EXTERNAL_BUFFERS_ALLOWED', '-DNODE_GYP_MODULE_NAME=hopscope'],
];

const SANITIZERS = {
  address: ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'],
  thread: ['-fsanitize=thread'],
};

/** Root needs no user namespace; anybody else is root only inside one. */
const ALONE = ['unshare', ...(process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']), '--net', '--'];
const LOOPBACK_UP = 'ip link set lo up && echo "0 0" > /proc/sys/net/ipv4/ping_group_range && exec "$@"';

const started = performance.now();
const work = mkdtempSync(join(tmpdir(), 'hopscope-sanitizers-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

function compile(parameters) {
  const { promise, resolve: done, reject } = Promise.withResolvers();
  const child = spawn(COMPILER, parameters, { stdio: 'inherit' });
  child.on('error', reject);
  child.on('exit', (code) => (code === 0 ? done() : reject(new Error(`${COMPILER} ended with ${code}`))));
  return promise;
}

/** Compiles every source of some folders, a few at a time, and gives the object files. */
async function objects(sanitizer, folders, more = []) {
  const into = join(work, sanitizer);
  mkdirSync(into, { recursive: true });
  const sources = folders.flatMap((folder) =>
    readdirSync(join(NATIVE, 'src', folder))
      .filter((name) => name.endsWith('.cpp'))
      .map((name) => join(NATIVE, 'src', folder, name)),
  );
  const made = sources.map((source) => join(into, `${basename(dirname(source))}-${basename(source, '.cpp')}.o`));
  const waiting = sources.map(
    (source, index) => () => compile([...COMMON, ...SANITIZERS[sanitizer], ...more, '-c', source, '-o', made[index]]),
  );
  await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await next();
    }),
  );
  return made;
}

async function program(sanitizer, name, linked) {
  const made = join(work, sanitizer, name);
  const source = join(NATIVE, 'test', `${name}.cpp`);
  await compile([...COMMON, ...SANITIZERS[sanitizer], source, ...linked, '-pthread', '-o', made]);
  return made;
}

function run(title, command, environment) {
  const [program, ...parameters] = [...ALONE, 'sh', '-c', LOOPBACK_UP, 'sh', ...command];
  const done = spawnSync(program, parameters, { stdio: 'inherit', env: { ...process.env, ...environment } });
  if (done.status !== 0) fail(`${title} failed (${done.signal ?? done.status}).`);
}

/** Where the compiler keeps a sanitizer's runtime; it must be loaded before Node. */
function runtime(name) {
  return spawnSync(COMPILER, [`-print-file-name=${name}`], { encoding: 'utf8' }).stdout.trim();
}

const UBSAN = 'print_stacktrace=1:halt_on_error=1';

async function underAddressSanitizer() {
  const linked = await objects('address', ['core', 'posix', 'linux']);
  const environment = { ASAN_OPTIONS: 'detect_leaks=1:strict_string_checks=1', UBSAN_OPTIONS: UBSAN };
  for (const name of ['record_queue_test', 'numeric_address_test', 'linux_socket_test']) {
    run(name, [await program('address', name, linked)], environment);
  }
  // What the other systems' backends read needs nothing of those systems, so it is tried on every one.
  for (const [name, source] of [
    ['echo_reply_test', 'windows/echo_reply.cpp'],
    ['icmp_message_test', 'darwin/icmp_message.cpp'],
  ]) {
    const sources = [source, ...(name === 'echo_reply_test' ? ['windows/echo_status.cpp'] : [])];
    const paths = sources.map((each) => join(NATIVE, 'src', each));
    run(name, [await program('address', name, paths)], environment);
  }
  if (nodeHeaders === undefined)
    fail('Node’s headers are not on this machine: run `npm run build:native` first, which fetches them.');
  const binding = await objects('address', ['binding'], NAPI);
  const addon = join(work, 'hopscope.node');
  await compile(['-shared', ...SANITIZERS.address, ...linked, ...binding, '-pthread', '-o', addon]);
  const inNode = {
    LD_PRELOAD: `${runtime('libasan.so')} ${runtime('libubsan.so')}`,
    // Node itself leaves much unfreed at its end. Leaks of our own are looked for above, and as descriptors there.
    ASAN_OPTIONS: 'detect_leaks=0',
    UBSAN_OPTIONS: UBSAN,
  };
  run('the addon in Node', [process.execPath, '--expose-gc', join(NATIVE, 'test/addon-exercise.mjs'), addon], inNode);
  const portable = linked.filter((object) => basename(object).startsWith('core-'));
  const unsupported = await objects('address', ['unsupported']);
  const other = join(work, 'unsupported.node');
  await compile(['-shared', ...SANITIZERS.address, ...portable, ...unsupported, ...binding, '-o', other]);
  run('the unsupported backend', [process.execPath, join(NATIVE, 'test/unsupported-exercise.mjs'), other], inNode);
}

async function underThreadSanitizer() {
  const linked = await objects('thread', ['core', 'posix', 'linux']);
  for (const name of ['record_queue_test', 'linux_socket_test']) {
    // Without address randomisation: the runtime of older compilers does not know how far new kernels spread memory.
    run(`${name} with threads`, ['setarch', '-R', await program('thread', name, linked)], {
      TSAN_OPTIONS: 'halt_on_error=1',
    });
  }
}

await underAddressSanitizer();
await underThreadSanitizer();
console.log(`No sanitizer complained. ${((performance.now() - started) / 1000).toFixed(0)} s`);
