import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { finished } from '../lab/lab.ts';
import { labProgram } from '../lab/lab-programs.ts';

/**
 * The trap of the first packets: the kernel stamps arriving packets only while somebody wants stamps, and turns that on
 * in a workqueue. What arrives before is stamped when it is read (net_enable_timestamp() in net/core/dev.c). This file
 * opens its sockets in processes of their own and none here, because the switch is one for the whole machine.
 */

/** Every process reads 20 ms after it has sent; on loopback the answer is there before the send returns. */
const LATE_MS = 10;

/** After the last who wanted stamps has gone, a worker turns the switch off; who asks before that finds it on. */
const SWITCHED_OFF_AFTER_MS = 300;

const uncured = labProgram('kernel/uncured-stamps.cc');
const lateStamping = labProgram('kernel/late-stamping.cc');

/** By how many ms a process had its four first answers stamped too late. */
async function lateness(command: string, ...words: readonly string[]): Promise<number[]> {
  const { code, stdout, stderr } = await finished(command, words);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const measured = JSON.parse(stdout) as number[];
  expect(measured).toHaveLength(4);
  return measured;
}

const OURS = [
  process.execPath,
  ...['--import', join(import.meta.dirname, '../../scripts/native-loader.mjs')],
  ...[join(import.meta.dirname, 'first-packets.ts'), '127.0.0.1'],
];

describe('the very first packets of a process are stamped when they arrive, not when they are read', () => {
  it('where the kernel is slow to turn stamping on, as a preloaded library makes it', async () => {
    const slowly = ['env', `LD_PRELOAD=${lateStamping}`] as const;
    const control = await lateness(...slowly, uncured);
    expect(
      Math.max(...control),
      'a program without the cure must be late here, or this proves nothing',
    ).toBeGreaterThan(LATE_MS);
    expect(Math.max(...(await lateness(...slowly, ...OURS)))).toBeLessThan(LATE_MS);
  });

  it('where the kernel has stamping off, as far as other programs on this machine leave it off', async (context) => {
    // With real-time priority a process comes before the kernel's worker; where that is not allowed, mostly all the same.
    const priority = ['--fifo', '1'];
    const first = spawnSync('chrt', [...priority, 'true']).status === 0 ? ['chrt', ...priority] : ['env'];
    let trapsSeen = 0;
    for (let run = 0; run < 3; run++) {
      await pause(SWITCHED_OFF_AFTER_MS);
      const control = await lateness('env', ...first, uncured);
      if (Math.max(...control) > LATE_MS) trapsSeen++;
      await pause(SWITCHED_OFF_AFTER_MS);
      expect(Math.max(...(await lateness('env', ...first, ...OURS)))).toBeLessThan(LATE_MS);
    }
    if (trapsSeen === 0) {
      const reason =
        'Another program on this machine keeps stamping on (a time service, a capture), so not even a program without ' +
        'the cure is late here: this proves nothing now. The test with the preloaded library does.';
      console.warn(reason);
      context.skip(reason);
    }
  });
});
