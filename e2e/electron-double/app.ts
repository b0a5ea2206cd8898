import { EventEmitter } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { preventable, strict } from './strict.ts';

/** The life of the app. `end` closes the browser; the process ends after it. */
export function createApp(
  appFolder: string,
  userData: string,
  end: () => Promise<void>,
  recorded: { badgeCount: number },
) {
  const lock = createLock(userData);
  const { name, version } = JSON.parse(readFileSync(join(appFolder, 'package.json'), 'utf8'));
  const ready = Promise.withResolvers<void>();
  const emitter = new EventEmitter();
  let isReady = false;
  let isEnding = false;

  const exit = (exitCode = 0): void => {
    if (isEnding) return;
    isEnding = true;
    emitter.emit('quit', {}, exitCode);
    void end().finally(() => process.exit(exitCode));
  };
  const quit = (): void => {
    for (const name of ['before-quit', 'will-quit']) {
      const event = preventable({});
      emitter.emit(name, event);
      if (event.defaultPrevented) return;
    }
    exit();
  };
  emitter.on('-quit', quit);

  const app = strict(
    'app',
    Object.assign(emitter, {
      name,
      isPackaged: false,
      commandLine: strict('app.commandLine', { appendSwitch: () => {}, hasSwitch: () => false }),
      getName: () => name,
      getVersion: () => version,
      getAppPath: () => appFolder,
      getPath: (what: string) => (what === 'userData' ? userData : join(userData, what)),
      isReady: () => isReady,
      whenReady: () => ready.promise,
      // The page is in Chromium's own sandbox already, unless the whole browser was told otherwise.
      enableSandbox: () => {
        if (isReady) throw new Error('app.enableSandbox can only be called before app is ready');
      },
      requestSingleInstanceLock: lock.take,
      releaseSingleInstanceLock: lock.release,
      hasSingleInstanceLock: lock.isHeld,
      setAppUserModelId: () => {},
      setDesktopName: () => {},
      setBadgeCount: (count: number) => {
        recorded.badgeCount = count;
        return true;
      },
      quit,
      exit,
    }),
  );
  emitter.on('quit', lock.release);
  return {
    app,
    becomeReady: () => {
      isReady = true;
      ready.resolve();
      emitter.emit('ready', {}, {});
    },
  };
}

/** The lock lies in the app's own folder for data, as Chromium's does; that of a process that has died does not count. */
function createLock(userData: string) {
  const path = join(userData, 'SingletonLock');
  const owner = (): number | null => {
    try {
      return Number(readFileSync(path, 'utf8'));
    } catch {
      return null;
    }
  };
  return {
    isHeld: () => owner() === process.pid,
    take: (): boolean => {
      const other = owner();
      if (other !== null && other !== process.pid && isAlive(other)) return false;
      mkdirSync(userData, { recursive: true });
      writeFileSync(path, String(process.pid));
      return true;
    },
    release: () => {
      if (owner() === process.pid) rmSync(path);
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
