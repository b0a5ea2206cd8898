/**
 * `npm run build:prebuilds -- FOLDER [TARGET...]`: builds the addon for every target, or those named (`linux-x64`), and puts each
 * into `FOLDER/prebuilds/TARGET/hopscope.node`, where the program of the package in that folder looks for it first. The
 * folder is not the checkout: nothing would make them anew there. On Linux x64 only.
 */
import { copyFileSync, existsSync, mkdirSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildAddon } from './cross/build-addon.mjs';
import { TARGETS, targetName } from './cross/targets.mjs';

const ROOT = resolve(import.meta.dirname, '..');

const [folder, ...asked] = process.argv.slice(2);
const known = TARGETS.map(targetName);
const unknown = asked.filter((name) => !known.includes(name));
if (folder === undefined || unknown.length > 0) {
  console.error(`Usage: npm run build:prebuilds -- FOLDER [TARGET...]. The targets are: ${known.join(', ')}.`);
  process.exit(1);
}
if (existsSync(folder) && realpathSync(folder) === realpathSync(ROOT)) {
  console.error(
    'FOLDER is this checkout, whose programs would keep to these addons when the sources have changed. Name another.',
  );
  process.exit(1);
}
for (const target of TARGETS.filter((each) => asked.length === 0 || asked.includes(targetName(each)))) {
  const { addon, failures } = await buildAddon(target);
  if (failures.length > 0) {
    console.error(failures.join('\n'));
    process.exit(1);
  }
  const place = join(resolve(folder), 'prebuilds', targetName(target));
  mkdirSync(place, { recursive: true });
  copyFileSync(addon, join(place, 'hopscope.node'));
  console.log(join(place, 'hopscope.node'));
}
