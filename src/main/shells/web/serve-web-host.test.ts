import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HopscopeContract } from '../../../contract/index.ts';
import type { Handlers } from '../../../contract/serve.ts';
import { VirtualClock } from '../../base/clock.ts';
import { SeededRandom } from '../../base/random.ts';
import { serveWebHost } from './serve-web-host.ts';

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'hopscope-serve-'));
  writeFileSync(join(directory, 'index.html'), '<head></head>');
});
afterAll(() => rmSync(directory, { recursive: true }));

async function serveAt(host: string, rendererDirectory: string) {
  const printed: string[] = [];
  const warned: string[] = [];
  const interruption = new AbortController();
  const exitCode = await serveWebHost(
    {
      handlers: {} as Handlers<HopscopeContract>, // nothing connects in these tests
      logger: { info: () => {}, error: () => {} },
      clock: new VirtualClock(),
      random: new SeededRandom(1),
    },
    { host, port: 0, rendererDirectory, token: 'abc' },
    {
      print: (line) => {
        printed.push(line);
        interruption.abort();
      },
      warn: (line) => void warned.push(line),
      interrupted: interruption.signal,
    },
  );
  return { exitCode, printed, warned };
}

describe('the browser host in a terminal', () => {
  it('prints one line with the URL and ends with 0 when it is interrupted', async () => {
    const { exitCode, printed, warned } = await serveAt('127.0.0.1', directory);
    expect(printed).toEqual([expect.stringMatching(/^Hopscope is at http:\/\/127\.0\.0\.1:\d+\/#token=abc$/)]);
    expect({ exitCode, warned }).toEqual({ exitCode: 0, warned: [] });
  });

  it('warns when other machines can reach it', async () => {
    const { printed, warned } = await serveAt('0.0.0.0', directory);
    expect(printed).toHaveLength(1);
    expect(warned).toEqual([expect.stringContaining('Other machines can reach')]);
  });

  it('ends with 2 and a sentence when it cannot start', async () => {
    // 192.0.2.0/24 is for documentation (RFC 5737): no machine has an address in it.
    expect(await serveAt('192.0.2.1', directory)).toEqual({
      exitCode: 2,
      printed: [],
      warned: [expect.stringContaining('192.0.2.1 is not an address of this machine')],
    });
    expect(await serveAt('127.0.0.1', join(directory, 'none'))).toMatchObject({
      exitCode: 2,
      warned: [expect.stringContaining('npm run build')],
    });
  });
});
