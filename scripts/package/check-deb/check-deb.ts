/**
 * `npm run check:deb`: installs the Debian package of the command in a bare Debian, uses it there, removes it, and
 * compares the disk before and after; then lets the scripts of the desktop app's Linux packages run there. `npm run check:deb -- trixie` does it in another release than bookworm. It needs
 * root, and Debian's package archive for the bare root; inside there is no network but loopback.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ensurePrograms } from '../../set-up/packages.mjs';
import { ensureDeb } from '../debian/make-deb.ts';
import { MADE } from '../desktop/desktop-configuration.ts';
import { ensurePackagingTools, prepareDesktop } from '../desktop/prepare-desktop.ts';
import { ROOT } from '../identity.ts';
import { commandFolder, stageCommand } from '../stage-command.ts';

const TOOLS = [
  { program: 'mmdebstrap', debianPackage: 'mmdebstrap' },
  { program: 'unshare', debianPackage: 'util-linux' },
  { program: 'objdump', debianPackage: 'binutils' },
  { program: 'ip', debianPackage: 'iproute2' },
  { program: 'mandoc', debianPackage: 'mandoc' },
  { program: 'zsh', debianPackage: 'zsh' },
  { program: 'fish', debianPackage: 'fish' },
];
/** Debian's keys: elsewhere, as on Ubuntu, they come in the package debian-archive-keyring. */
const KEYS = '/usr/share/keyrings/debian-archive-keyring.gpg';

function giveUp(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

/** A bare Debian: what is essential, and apt. */
function makeRoot(suite: string, root: string): void {
  const made = spawnSync('mmdebstrap', ['--quiet', '--variant=apt', `--keyring=${KEYS}`, suite, root], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (made.status !== 0) throw new Error(`The bare Debian ${suite} could not be made; the reason is above.`);
}

/** Removes the folder, unless something is mounted in it: then the machine's own files would go. */
function removeFolder(folder: string): void {
  if (readFileSync('/proc/self/mountinfo', 'utf8').includes(` ${folder}`)) {
    throw new Error(`Something is still mounted below ${folder}, so it stays.`);
  }
  rmSync(folder, { recursive: true, force: true });
}

/** Runs the steps; the exit code of them all. */
async function runSteps(root: string): Promise<number> {
  const namespaces = ['--net', '--mount', '--pid', '--uts', '--ipc', '--fork', '--kill-child', '--mount-proc'];
  const inside = join(import.meta.dirname, 'inside.ts');
  const made = join(ROOT, MADE, 'linux');
  const steps = spawn('unshare', [...namespaces, process.execPath, inside, root, made, commandFolder()], {
    stdio: 'inherit',
  });
  // Whoever ends this ends those, and this one goes on to tidy up.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => steps.kill('SIGKILL'));
  const [code] = await once(steps, 'exit');
  return typeof code === 'number' ? code : 1;
}

if (process.platform !== 'linux' || process.getuid?.() !== 0) {
  giveUp('check:deb makes a Debian root with devices and mounts, and needs Linux and root for that: run it with sudo.');
}
const missing = ensurePrograms(TOOLS);
if (missing !== null) giveUp(missing);
if (!existsSync(KEYS)) giveUp('Missing: Debian’s keys. Run: apt-get install debian-archive-keyring');
const [suite = 'bookworm'] = process.argv.slice(2);
if (!/^[a-z]+$/.test(suite)) giveUp(`“${suite}” is not the name of a release of Debian, such as bookworm.`);
const deb = ensureDeb();
// Whatever lies there may be of other sources than the package.
stageCommand();
ensurePackagingTools();
prepareDesktop();
const folder = mkdtempSync(join(tmpdir(), 'hopscope-check-deb-'));
try {
  const root = join(folder, 'root');
  console.log(`${basename(deb)} in a bare Debian ${suite}`);
  makeRoot(suite, root);
  copyFileSync(deb, join(root, 'tmp', basename(deb)));
  process.exitCode = await runSteps(root);
} finally {
  removeFolder(folder);
}
