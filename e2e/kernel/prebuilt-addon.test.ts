import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { finished } from '../lab/lab.ts';
import { stagePackage } from '../lab/stage-package.ts';

it('runs in plain Node on the addon that was built ahead, without a source build', async () => {
  const folder = stagePackage();
  try {
    const done = await finished(process.execPath, [join(folder, 'out/main/cli.js'), 'ping', '-c', '1', '127.0.0.1']);
    expect(done).toMatchObject({ code: 0 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it('says how to get an addon where none that was built ahead fits and there is no source build', async () => {
  const folder = stagePackage('sunos-sparc');
  try {
    const done = await finished(process.execPath, [join(folder, 'out/main/cli.js'), 'ping', '-c', '1', '127.0.0.1']);
    expect(done.code).not.toBe(0);
    expect(done.stderr).toContain('Compile it with: npm run build:native');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
