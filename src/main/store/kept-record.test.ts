import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SystemClock } from '../base/clock.ts';
import { SystemRandom } from '../base/random.ts';
import { KeptRecord } from './kept-record.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopscope-kept-'));
  path = join(folder, 'config', 'settings.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const deps = { clock: new SystemClock(), random: new SystemRandom() };
const open = (at = path) => new KeptRecord(deps, { path: at, holds: 'settings' });
const onDisk = (): unknown => JSON.parse(readFileSync(path, 'utf8'));
const put = (text: string) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};
const set = (key: string, value: unknown) => (record: object) => ({ ...record, [key]: value });

describe('a record in a file', () => {
  it('begins empty without a file, makes none until something changes, and none but this account may read it then', async () => {
    const record = open();
    expect([record.value, record.troubles, existsSync(dirname(path))]).toEqual([{}, [], false]);
    await record.change(set('theme', 'dark'));
    expect(onDisk()).toEqual({ theme: 'dark' });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(dirname(path))).toEqual(['settings.json']);
    expect(open().value).toEqual({ theme: 'dark' });
  });

  it('leaves keys of a newer version as they are', async () => {
    put('{"theme":"light","madeUpByVersion9":{"deep":[1,2]}}');
    await open().change(set('theme', 'dark'));
    expect(onDisk()).toEqual({ theme: 'dark', madeUpByVersion9: { deep: [1, 2] } });
  });

  it('holds a change at once, and has it in the file by the time it is disposed', () => {
    const record = open();
    void record.change(set('theme', 'dark'));
    void record.change(set('motion', 'reduced'));
    expect(record.value).toEqual({ theme: 'dark', motion: 'reduced' });
    record[Symbol.dispose]();
    expect(onDisk()).toEqual({ theme: 'dark', motion: 'reduced' });
    expect(readdirSync(dirname(path))).toEqual(['settings.json']);
  });

  it('writes the last change once when it is disposed in the middle of writing', async () => {
    const record = open();
    const first = record.change(set('a', 1));
    await new Promise((resolve) => setImmediate(resolve));
    const second = record.change(set('b', 2));
    record[Symbol.dispose]();
    expect(onDisk()).toEqual({ a: 1, b: 2 });
    await Promise.all([first, second]);
    expect(onDisk()).toEqual({ a: 1, b: 2 });
    expect(readdirSync(dirname(path))).toEqual(['settings.json']);
  });
});

describe('a file that cannot be used', () => {
  for (const [what, text] of [
    ['cut off in the middle', '{"theme":"da'],
    ['empty', ''],
    ['no object', '[1,2]'],
    ['full of zeros, as after a loss of power', '\0'.repeat(64)],
  ] as const) {
    it(`is put aside and told when it is ${what}; nothing of it is lost`, async () => {
      put(text);
      const record = open();
      const [trouble] = record.troubles;
      expect(trouble).toMatchObject({ code: 'file-not-read', holds: 'settings', path, osCode: null });
      expect(record.value).toEqual({});
      await record.change(set('theme', 'dark'));
      expect(onDisk()).toEqual({ theme: 'dark' });
      const keptAs = trouble?.code === 'file-not-read' ? (trouble.keptAs ?? '') : '';
      expect(readFileSync(keptAs, 'utf8')).toBe(text);
    });
  }

  it('does not take with it what is known, when it breaks while the program runs', async () => {
    const record = open();
    await record.change(set('theme', 'dark'));
    put('{"theme":');
    await record.change(set('maxHops', 12));
    expect(onDisk()).toEqual({ theme: 'dark', maxHops: 12 });
    expect(record.troubles).toMatchObject([{ code: 'file-not-read' }]);
    expect(readdirSync(dirname(path)).filter((name) => name.includes('.unusable-'))).toHaveLength(1);
  });

  it('is put aside too when the system refuses to read it', () => {
    mkdirSync(path, { recursive: true }); // a folder by the name of the file: EISDIR, for every account
    const record = open();
    expect(record.troubles).toMatchObject([{ code: 'file-not-read', osCode: 'EISDIR', keptAs: expect.any(String) }]);
  });

  it('keeps each of several bad files under a name of its own', () => {
    put('first');
    open();
    put('second');
    open();
    const aside = readdirSync(dirname(path)).map((name) => readFileSync(join(dirname(path), name), 'utf8'));
    expect(aside.toSorted()).toEqual(['first', 'second']);
  });
});

describe('a place that cannot be written', () => {
  it('is told with the name of the error, what changed holds meanwhile, and is kept once there is a way', async () => {
    const obstacle = join(folder, 'config');
    writeFileSync(obstacle, 'a file where the folder should be');
    const record = open();
    await record.change(set('theme', 'dark'));
    expect(record.value).toEqual({ theme: 'dark' });
    expect(record.troubles).toMatchObject([{ code: 'file-not-written', holds: 'settings', path }]);
    rmSync(obstacle);
    await record.change(set('maxHops', 12));
    expect(record.troubles).toEqual([]);
    expect(onDisk()).toEqual({ theme: 'dark', maxHops: 12 });
  });

  it('lets the program end in peace', () => {
    symlinkSync('/dev/null/nowhere', join(folder, 'config'));
    const record = open();
    void record.change(set('theme', 'dark'));
    expect(() => record[Symbol.dispose]()).not.toThrow();
  });
});

describe('several instances', () => {
  it('keep the changes of each other, and see them', async () => {
    const one = open();
    const other = open();
    await one.change(set('theme', 'dark'));
    await other.change(set('maxHops', 12));
    await one.change(set('asn', true));
    expect(onDisk()).toEqual({ theme: 'dark', maxHops: 12, asn: true });
    other.refresh();
    expect(other.value).toEqual({ theme: 'dark', maxHops: 12, asn: true });
  });

  it('lose nothing when three processes write at the same time, and never leave half a file', async () => {
    const writer = join(folder, 'writer.ts');
    const store = join(import.meta.dirname, 'kept-record.ts');
    const base = join(import.meta.dirname, '../base');
    writeFileSync(
      writer,
      `import { KeptRecord } from ${JSON.stringify(store)};
       import { SystemClock } from ${JSON.stringify(join(base, 'clock.ts'))};
       import { SystemRandom } from ${JSON.stringify(join(base, 'random.ts'))};
       const [, , path, name] = process.argv;
       const record = new KeptRecord({ clock: new SystemClock(), random: new SystemRandom() }, { path, holds: 'settings' });
       for (let n = 0; n < 4; n++) await record.change((before) => ({ ...before, [name + n]: n }));
       if (record.troubles.length > 0) throw new Error(JSON.stringify(record.troubles));`,
    );
    await Promise.all(['a', 'b', 'c'].map((name) => promisify(execFile)(process.execPath, [writer, path, name])));
    expect(Object.keys(onDisk() as object)).toHaveLength(12);
    expect(readdirSync(dirname(path))).toEqual(['settings.json']);
    // Each of the twelve waits for the disk.
  }, 30_000);

  it('do not wait for one that was killed while it wrote', async () => {
    put('{"theme":"light"}');
    // The lock of a process that is no more: numbers of processes end below 2^22 (proc(5), pid_max).
    writeFileSync(`${path}.lock`, '4194305');
    writeFileSync(`${path}.4194305-1.draft`, '{"theme":');
    const record = open();
    await record.change(set('maxHops', 12));
    expect(onDisk()).toEqual({ theme: 'light', maxHops: 12 });
  });

  it('do not wait for a lock that nobody can be holding any more', async () => {
    put('{"theme":"light"}');
    writeFileSync(`${path}.lock`, String(process.pid));
    const minuteAgo = Date.now() / 1_000 - 60;
    utimesSync(`${path}.lock`, minuteAgo, minuteAgo);
    await open().change(set('maxHops', 12));
    expect(onDisk()).toEqual({ theme: 'light', maxHops: 12 });
  });
});

it('keeps a record without a file for as long as it lives', async () => {
  const record = new KeptRecord(deps, { path: null, holds: 'targets' });
  let told = 0;
  record.onChange.on(() => told++);
  await record.change(set('recent', ['host.example']));
  expect([record.value, told]).toEqual([{ recent: ['host.example'] }, 1]);
});
