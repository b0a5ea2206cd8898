import { EventEmitter } from 'node:events';
import type { BrowserWindow } from 'electron';
import { describe, expect, it } from 'vitest';
import { milliseconds, seconds } from '../../../contract/units.ts';
import { VirtualClock } from '../../base/clock.ts';
import { fillMainWindow, type MainWindowDeps, mainWindowOptions } from './main-window.ts';

describe('the main window', () => {
  it('gives its page no Node and no way out of the sandbox', () => {
    const { webPreferences } = mainWindowOptions({ preload: '/x/index.cjs', isDark: false, hasDevTools: false });
    expect(webPreferences).toEqual({
      preload: '/x/index.cjs',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: false,
    });
  });

  it('stays hidden until it is drawn, on the background of the theme', () => {
    const options = (isDark: boolean) => mainWindowOptions({ preload: '', isDark, hasDevTools: true });
    expect(options(false).show).toBe(false);
    expect(options(false).backgroundColor).not.toBe(options(true).backgroundColor);
  });
});

/** A filled window whose page dies when the test says so. */
function openWindow() {
  const clock = new VirtualClock();
  const lost: string[] = [];
  const logged: unknown[] = [];
  let reloads = 0;
  let isDestroyed = false;
  const webContents = Object.assign(new EventEmitter(), {
    ipc: new EventEmitter(),
    isDestroyed: () => isDestroyed,
    send: () => {},
    reload: () => void reloads++,
  });
  const window = Object.assign(new EventEmitter(), {
    webContents,
    isDestroyed: () => isDestroyed,
    show: () => {},
    loadURL: () => Promise.resolve(),
  });
  const deps: MainWindowDeps = {
    handlers: {} as MainWindowDeps['handlers'], // nothing connects in these tests
    onBug: () => '',
    onPageLost: (error) => lost.push(error.message),
    clock,
    logger: { info: () => {}, error: (_message, details) => void logged.push(details) },
  };
  void fillMainWindow(deps, window as unknown as BrowserWindow);
  return {
    clock,
    lost,
    logged,
    reloads: () => reloads,
    die: (reason = 'crashed') => void webContents.emit('render-process-gone', {}, { reason, exitCode: 139 }),
    destroy: () => {
      isDestroyed = true;
    },
  };
}

describe('a page whose process dies', () => {
  it('is loaded anew, after the event and not within it', () => {
    const { die, clock, reloads, lost, logged } = openWindow();
    die();
    expect(reloads()).toBe(0);
    clock.advance(milliseconds(0));
    expect({ reloads: reloads(), lost, logged }).toEqual({
      reloads: 1,
      lost: [],
      logged: [{ reason: 'crashed', exitCode: 139 }],
    });
  });

  it('is given up with a sentence when it dies again within a minute', () => {
    const { die, clock, reloads, lost } = openWindow();
    die();
    clock.advance(seconds(59));
    die('oom');
    clock.advance(seconds(1));
    expect({ reloads: reloads(), lost }).toEqual({
      reloads: 1,
      lost: ['The page of the app stopped working twice within a minute (oom).'],
    });
  });

  it('is loaded anew again when it lived for a minute in between', () => {
    const { die, clock, reloads, lost } = openWindow();
    die();
    clock.advance(seconds(60));
    die();
    clock.advance(milliseconds(0));
    expect({ reloads: reloads(), lost }).toEqual({ reloads: 2, lost: [] });
  });

  it('is left alone when its window closes', () => {
    const { die, clock, reloads, destroy } = openWindow();
    die('clean-exit');
    clock.advance(milliseconds(0));
    die();
    destroy();
    clock.advance(milliseconds(0));
    expect(reloads()).toBe(0);
  });
});
