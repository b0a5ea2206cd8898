import { chmodSync, cpSync, existsSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DESKTOP_PACKAGE, PRODUCT_NAME } from '../desktop/app-identity.ts';
import type { BareRoot, Said } from './bare-root.ts';
import { compareListings, listFiles } from './file-listing.ts';
import type { Step } from './steps.ts';

const APP = `/opt/${PRODUCT_NAME}`;

function must(isTrue: boolean, sentence: string, said?: Said): asserts isTrue {
  if (!isTrue) throw new Error(said === undefined ? sentence : `${sentence}\nexit code ${said.code}\n${said.text}`);
}

/** A script as electron-builder puts it into a package: its two names filled in. */
function filledIn(template: string): string {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder's own placeholders
  return template.replaceAll('${executable}', DESKTOP_PACKAGE).replaceAll('${sanitizedProductName}', PRODUCT_NAME);
}

/**
 * What the scripts of the desktop app's Linux packages do, with the staged command and a stand-in for Electron where the
 * packages put them.
 * @param made the folder that the packing made its Linux files in
 * @param command the staged command
 */
export function desktopSteps(root: BareRoot, made: string, command: string): readonly Step[] {
  let before: ReadonlyMap<string, string> = new Map();
  const inside = (path: string) => join(root.path, path);
  const script = (name: string, ...parameters: readonly string[]) => root.run([`/tmp/${name}`, ...parameters]);
  return [
    {
      name: 'desktop package: its script after the installation',
      run: () => {
        for (const name of ['after-install', 'after-remove']) {
          writeFileSync(inside(`tmp/${name}`), filledIn(readFileSync(join(made, `${name}.tpl`), 'utf8')), {
            mode: 0o755,
          });
        }
        before = listFiles(root.path);
        cpSync(command, inside(`${APP}/resources/command`), { recursive: true });
        for (const program of [DESKTOP_PACKAGE, 'chrome-sandbox']) {
          writeFileSync(inside(`${APP}/${program}`), '#!/bin/sh\n');
          chmodSync(inside(`${APP}/${program}`), 0o755);
        }
        const said = script('after-install', 'configure');
        must(said.code === 0, 'It fails.', said);
        must(root.run(['hopscope', '--version'], 'tester').code === 0, 'The command is not on the PATH.');
        must(root.run(['hopscope-desktop'], 'tester').code === 0, 'The program of the window is not on the PATH.');
        const mode = statSync(inside(`${APP}/chrome-sandbox`)).mode & 0o7777;
        must(mode === 0o755 || mode === 0o4755, `chrome-sandbox has the mode ${mode.toString(8)}.`);
        must(!existsSync(inside('etc/sysctl.d')), 'It put the sysctl file in place by itself.');
        return `hopscope and ${DESKTOP_PACKAGE} on the PATH; chrome-sandbox has the mode ${mode.toString(8)}`;
      },
    },
    {
      name: 'desktop package: an upgrade leaves the command in place, with dpkg and with rpm',
      run: () => {
        for (const parameter of ['upgrade', '1']) {
          const said = script('after-remove', parameter);
          must(said.code === 0 && said.text === '', 'The removal script does something in an upgrade.', said);
          must(readlinkSync(inside('usr/bin/hopscope')).startsWith(APP), 'The command has gone.');
        }
        return 'the old version’s script does nothing';
      },
    },
    {
      name: 'desktop package: its script after the removal leaves nothing',
      run: () => {
        rmSync(inside(APP), { recursive: true });
        const said = script('after-remove', 'remove');
        must(said.code === 0, 'It fails.', said);
        must(said.text.includes('~/.local/share/hopscope'), 'It does not say what stays.', said);
        // dpkg calls it once more when the settings go too, then with nothing of the package there.
        const purged = script('after-remove', 'purge');
        must(purged.code === 0 && purged.text === '', 'It fails, or does something, in a purge after it.', purged);
        // Those of the alternatives system itself, which its first use makes.
        const differences = compareListings(before, listFiles(root.path)).filter((line) => !/alternatives$/.test(line));
        must(differences.length === 0, `There is left:\n${differences.join('\n')}`);
        return 'links, alternatives and all; it says what stays';
      },
    },
  ];
}
