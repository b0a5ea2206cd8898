import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { appendFileSync, chownSync, closeSync, mkdirSync, openSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/** What a program in the root said, and how it ended. */
export interface Said {
  /** Exit code, or 128 and more when a signal ended it. */
  readonly code: number;
  /** Standard output and standard error, in this order. */
  readonly text: string;
}

/** A bare Debian below a folder, entered by chroot; the caller has namespaces of its own, with which its mounts go. */
export class BareRoot {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Mounts what programs expect of a running system. The mounts end with the caller's mount namespace. */
  mount(): void {
    outside('mount', ['-t', 'proc', 'proc', join(this.path, 'proc')]);
    outside('mount', ['-t', 'tmpfs', '-o', 'mode=755', 'dev', join(this.path, 'dev')]);
    for (const name of ['null', 'zero', 'full', 'random', 'urandom', 'tty']) {
      closeSync(openSync(join(this.path, 'dev', name), 'w'));
      outside('mount', ['--bind', `/dev/${name}`, join(this.path, 'dev', name)]);
    }
    symlinkSync('/proc/self/fd', join(this.path, 'dev/fd'));
    mkdirSync(join(this.path, 'dev/pts'));
    outside('mount', ['-t', 'devpts', '-o', 'newinstance,ptmxmode=0666', 'devpts', join(this.path, 'dev/pts')]);
    symlinkSync('pts/ptmx', join(this.path, 'dev/ptmx'));
  }

  /** Makes the account `tester`, by hand: not every release has useradd in what is essential. */
  addAccount(): void {
    const number = 1_000;
    appendFileSync(join(this.path, 'etc/passwd'), `tester:x:${number}:${number}::/home/tester:/bin/bash\n`);
    appendFileSync(join(this.path, 'etc/group'), `tester:x:${number}:\n`);
    mkdirSync(join(this.path, 'home/tester'), { mode: 0o700 });
    chownSync(join(this.path, 'home/tester'), number, number);
  }

  /** Runs a command to its end, as root or as the account `tester`. */
  run(command: readonly string[], account: 'root' | 'tester' = 'root'): Said {
    const { program, parameters } = this.#entering(command, account);
    const done = spawnSync(program, parameters, { encoding: 'utf8', timeout: 120_000 });
    return { code: done.status ?? 128, text: `${done.stdout}${done.stderr}` };
  }

  /** Starts a command that goes on. */
  start(command: readonly string[], account: 'root' | 'tester'): ChildProcess {
    const { program, parameters } = this.#entering(command, account);
    return spawn(program, parameters, { stdio: ['ignore', 'pipe', 'pipe'] });
  }

  #entering(command: readonly string[], account: 'root' | 'tester') {
    const who = account === 'root' ? [] : ['--userspec=tester:tester'];
    const home = account === 'root' ? '/root' : '/home/tester';
    const environment = [
      'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      `HOME=${home}`,
      'LANG=C.UTF-8',
      'DEBIAN_FRONTEND=noninteractive',
    ];
    return { program: 'chroot', parameters: [...who, this.path, 'env', '-i', ...environment, ...command] };
  }
}

/** Runs a program of the machine itself; throws when it fails. */
export function outside(program: string, parameters: readonly string[]): string {
  const done = spawnSync(program, parameters, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${program} ${parameters.join(' ')} failed: ${done.stderr}`);
  return done.stdout;
}
