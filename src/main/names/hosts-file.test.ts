import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createHostsReader, hostsFilePath, parseHosts } from './hosts-file.ts';

describe('the hosts file', () => {
  it('gives every name its addresses in the order of the file, whatever the case, comments left out', () => {
    const text = '127.0.0.1\tlocalhost  Gate.Example # the gate\r\n# 192.0.2.9 no\n::1 localhost\nnonsense here\n';
    expect([...parseHosts(text)]).toEqual([
      ['localhost', ['127.0.0.1', '::1']],
      ['gate.example', ['127.0.0.1']],
    ]);
  });

  it('is read again when it has changed, and says nothing when it is not there', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'hosts-'));
    try {
      const path = join(directory, 'hosts');
      const read = createHostsReader(path);
      expect([...(await read())]).toEqual([]);
      await writeFile(path, '192.0.2.1 a\n');
      expect([...(await read())]).toEqual([['a', ['192.0.2.1']]]);
      await writeFile(path, '192.0.2.1 a longer\n');
      expect((await read()).get('longer')).toEqual(['192.0.2.1']);
      await rm(path);
      expect([...(await read())]).toEqual([]);
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it('has its place on each system', () => {
    expect(hostsFilePath('linux', {})).toBe('/etc/hosts');
    expect(hostsFilePath('win32', { SystemRoot: 'D:\\Win' })).toBe('D:\\Win\\System32\\drivers\\etc\\hosts');
  });
});
