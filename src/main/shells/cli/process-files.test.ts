import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProcessFiles } from './process-files.ts';

describe('the files of this machine', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hopscope-files-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const files = createProcessFiles({ stdin: Readable.from(['192.0.2.1\n', '192.0.2.2\n']), pid: 7 });

  it('are replaced at once, and leave nothing beside them', async () => {
    const path = join(folder, 'state');
    expect(await files.read(path)).toBeNull();
    await files.write(path, 'one');
    await files.write(path, 'two');
    expect([await files.read(path), readdirSync(folder)]).toEqual(['two', ['state']]);
  });

  it('that cannot be read or written say why by the name of the error', async () => {
    await expect(files.read(folder)).rejects.toMatchObject({ code: 'EISDIR' });
    await expect(files.write(join(folder, 'no', 'state'), 'one')).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('may be standard input', async () => {
    expect(await files.read('-')).toBe('192.0.2.1\n192.0.2.2\n');
  });
});
