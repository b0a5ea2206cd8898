import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const CHECKOUT = resolve(import.meta.dirname, '../..');

/**
 * The built program as a package brings it: with the addon among those built ahead (or, when told, under none that
 * fits), and no source build. Gives its folder, which the caller removes.
 */
export function stagePackage(platformAndArch = `${process.platform}-${process.arch}`): string {
  const folder = mkdtempSync(join(tmpdir(), 'hopscope-package-'));
  for (const part of ['out', 'resources', 'package.json']) {
    cpSync(join(CHECKOUT, part), join(folder, part), { recursive: true });
  }
  // The one that the build puts there is this machine's.
  rmSync(join(folder, 'out/main/prebuilds'), { recursive: true, force: true });
  const prebuilds = join(folder, 'prebuilds', platformAndArch);
  mkdirSync(prebuilds, { recursive: true });
  cpSync(join(CHECKOUT, 'native/build/Release/hopscope.node'), join(prebuilds, 'hopscope.node'));
  return folder;
}
