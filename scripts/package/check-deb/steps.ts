import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { VERSION } from '../identity.ts';
import { compareVersions, judgeAddon, libraryNeeds } from '../library-needs.ts';
import { SYSCTL_COMMANDS } from '../sysctl-file.ts';
import type { BareRoot, Said } from './bare-root.ts';
import { compareListings, listFiles } from './file-listing.ts';
import { askServed } from './served-app.ts';

/** One thing that must hold of the package; the first that does not ends the check. */
export interface Step {
  readonly name: string;
  /** Says what was seen, in one line; throws with a sentence when it does not hold. */
  readonly run: () => string | Promise<string>;
}

const RANGE = '/proc/sys/net/ipv4/ping_group_range';
const SYSCTL = '/etc/sysctl.d/90-hopscope.conf';
const NODE = '/usr/lib/hopscope/node';
const ADDON = `/usr/lib/hopscope/out/main/prebuilds/linux-${process.arch}/hopscope.node`;
const DATA = '/home/tester/.local/share/hopscope';

function must(isTrue: boolean, sentence: string, said?: Said): asserts isTrue {
  if (!isTrue) throw new Error(said === undefined ? sentence : `${sentence}\nexit code ${said.code}\n${said.text}`);
}

/** What is done with the package in a bare Debian, in order. */
export function debSteps(root: BareRoot): readonly Step[] {
  let before: ReadonlyMap<string, string> = new Map();
  const inside = (path: string) => join(root.path, path);
  const shell = (line: string) => root.run(['sh', '-c', line]);
  return [
    {
      name: 'the root is bare, with an account and no network but loopback',
      run: () => {
        const node = shell('command -v node nodejs hopscope');
        must(node.text === '', 'There is something of ours, or a Node.js, before it was installed.', node);
        root.addAccount();
        before = listFiles(root.path);
        return `${before.size} files and folders`;
      },
    },
    {
      name: 'apt install ./hopscope*.deb',
      run: () => {
        const said = shell('cd /tmp && apt-get install -y ./hopscope_*.deb');
        must(said.code === 0, 'It could not be installed.', said);
        must(/^0 upgraded, 1 newly installed/m.test(said.text), 'It drew in more than itself.', said);
        must(said.text.includes('only root may send ICMP'), 'It did not say how to let every account send ICMP.', said);
        must(!existsSync(inside(SYSCTL)), `It put ${SYSCTL} in place by itself.`);
        return 'nothing else drawn in; it says how to open ping_group_range, and leaves it';
      },
    },
    {
      name: 'dpkg --verify, and the command on the PATH',
      run: () => {
        const verified = root.run(['dpkg', '--verify', 'hopscope']);
        must(verified.code === 0 && verified.text === '', 'Files are not as packed.', verified);
        const version = root.run(['hopscope', '--version'], 'tester');
        must(version.text.trim() === `hopscope ${VERSION}`, 'It does not say its version.', version);
        return version.text.trim();
      },
    },
    {
      name: 'its dependencies are what its programs need',
      run: () => {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own placeholder
        const asked = root.run(['dpkg-query', '--show', '--showformat', '${Depends}', 'hopscope']);
        const named = /\blibc6 \(>= ([\d.]+)\)/.exec(asked.text)?.[1];
        must(named !== undefined, 'It names no version of libc6.', asked);
        const [node, addon] = [NODE, ADDON].map((path) => libraryNeeds(inside(path)));
        must(node !== undefined && addon !== undefined, 'There is no program in it.');
        for (const { glibc, libraries } of [node, addon]) {
          must(glibc === null || compareVersions(named, glibc) >= 0, `A program needs glibc ${glibc}.`, asked);
          const isTold = !libraries.includes('libstdc++.so.6') || asked.text.includes('libstdc++6');
          must(isTold, 'A program needs libstdc++.', asked);
        }
        return `${asked.text.trim()}; ${judgeAddon(addon, process.env.HOPSCOPE_ADDONS !== undefined)}`;
      },
    },
    {
      name: 'hopscope ping 127.0.0.1 -c 3, as root',
      run: () => {
        const said = root.run(['hopscope', 'ping', '127.0.0.1', '-c', '3']);
        must(
          said.code === 0 && /3 (packets |probes |requests )?(sent|transmitted)/.test(said.text),
          'It does not answer.',
          said,
        );
        return lastLines(said, 2);
      },
    },
    {
      name: 'an account without rights is told why, and how',
      run: () => {
        const said = root.run(['hopscope', 'ping', '127.0.0.1', '-c', '1'], 'tester');
        must(said.code === 2 && said.text.includes('ping_group_range'), 'It is not told.', said);
        return `exit code ${said.code}: ${said.text.trim().split('\n')[0]}`;
      },
    },
    {
      name: 'the packaged sysctl file opens the way for it',
      run: () => {
        const copied = shell(SYSCTL_COMMANDS[0]?.replace('sudo ', '') ?? '');
        must(copied.code === 0, 'The file is not where the package says.', copied);
        const value = /^net\.ipv4\.ping_group_range = (.+)$/m.exec(readFileSync(inside(SYSCTL), 'utf8'))?.[1];
        must(value !== undefined, 'The file sets nothing.');
        // A bare Debian has no sysctl; that program writes there, too.
        writeFileSync(RANGE, value);
        const said = root.run(['hopscope', 'ping', '127.0.0.1', '-c', '3', '--unprivileged'], 'tester');
        must(said.code === 0, 'It does not.', said);
        return lastLines(said, 2);
      },
    },
    {
      name: 'hopscope doctor, as that account',
      run: () => {
        const local = root.run(['hopscope', 'doctor', '--local'], 'tester');
        must(local.code === 0, 'The doctor finds no way to send.', local);
        const whole = root.run(['hopscope', 'doctor'], 'tester');
        // There is no default route here, and the doctor says so.
        must(whole.code === 1 && whole.text.includes('no default route'), 'The doctor does not see that.', whole);
        must(/datagram socket\), IPv6 +works/.test(whole.text), 'IPv6 does not work.', whole);
        return whole.text.split('\n').slice(0, 2).join(' ');
      },
    },
    {
      name: 'hopscope monitor --record keeps a session',
      run: () => {
        const said = root.run(['hopscope', 'monitor', '127.0.0.1', '-c', '3', '-i', '0.2', '--record'], 'tester');
        must(said.code === 0, 'It could not be recorded.', said);
        const listed = root.run(['hopscope', 'sessions', 'list'], 'tester');
        must(listed.code === 0 && listed.text.includes('127.0.0.1'), 'It is not in the list.', listed);
        must(existsSync(inside(DATA)), `There is no ${DATA}.`);
        return `in ${DATA}`;
      },
    },
    { name: 'hopscope serve, answered', run: () => askServed(root, VERSION) },
    {
      name: 'manual page and completions where Debian looks for them',
      run: () => {
        const page = gunzipSync(readFileSync(inside('/usr/share/man/man1/hopscope.1.gz')));
        const linted = spawnSync('mandoc', ['-T', 'lint', '-W', 'warning'], { input: page, encoding: 'utf8' });
        must(linted.status === 0, `mandoc finds faults in the manual page: ${linted.stdout}`);
        const completed = root.run(['bash', '-c', COMPLETE]);
        must(completed.text === '--count\n', 'bash completes wrongly.', completed);
        const zsh = spawnSync('zsh', ['-n', inside('/usr/share/zsh/vendor-completions/_hopscope')], {
          encoding: 'utf8',
        });
        must(zsh.status === 0, `zsh finds faults in its completion: ${zsh.stderr}`);
        const file = inside('/usr/share/fish/vendor_completions.d/hopscope.fish');
        const fish = spawnSync('fish', ['--no-config', '-c', `source ${file}; complete -C 'hopscope ping --cou'`], {
          encoding: 'utf8',
        });
        must(fish.stdout.startsWith('--count\t'), `fish completes wrongly: ${fish.stdout}${fish.stderr}`);
        return 'mandoc, bash, zsh and fish read them';
      },
    },
    {
      name: 'apt remove --purge hopscope',
      run: () => {
        const said = shell('apt-get remove --purge -y hopscope');
        must(said.code === 0, 'It could not be removed.', said);
        must(said.text.includes('~/.local/share/hopscope'), 'It does not say what stays of the accounts.', said);
        must(said.text.includes(`${SYSCTL} stays`), 'It does not say that the copied file stays.', said);
        must(existsSync(inside(SYSCTL)), 'It took away a file that an administrator had put in place.');
        must(existsSync(inside(DATA)), 'It took away what an account had measured.');
        const running = processesOf(root.path);
        must(running.length === 0, `Programs of it still run: ${running.join(', ')}`);
        return 'settings, sessions and the copied file stay, and it says so';
      },
    },
    {
      name: 'the listing is as it was before',
      run: () => {
        // What stays on purpose, with the folders that were made for it.
        for (const left of ['etc/sysctl.d', 'home/tester/.local', 'home/tester/.config']) {
          if (before.has(left)) throw new Error(`The bare Debian has /${left}, so it cannot be taken away whole.`);
          rmSync(inside(left), { recursive: true, force: true });
        }
        const differences = compareListings(before, listFiles(root.path));
        must(differences.length === 0, `Of the package there is left:\n${differences.join('\n')}`);
        return `${before.size} files and folders, in content, mode and owner`;
      },
    },
  ];
}

/** In bash, what `hopscope ping --cou` is completed to. */
const COMPLETE = `. /usr/share/bash-completion/completions/hopscope
COMP_WORDS=(hopscope ping --cou) COMP_CWORD=2
_hopscope
printf '%s\\n' "\${COMPREPLY[@]}"`;

function lastLines({ text }: Said, count: number): string {
  return text.trim().split('\n').slice(-count).join(' ').trim();
}

/** Processes that run a program below a root, as their numbers. */
function processesOf(root: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readlinkSync(`/proc/${name}/exe`).startsWith(root);
      } catch {
        // It has ended, or is the kernel's own.
        return false;
      }
    });
}
