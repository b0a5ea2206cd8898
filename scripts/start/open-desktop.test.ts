import { describe, expect, it } from 'vitest';
import { judgeDesktopEnd } from './desktop-end.mjs';
import { openDesktop } from './open-desktop.mjs';

const ENDED = { kind: 'ended', code: 1, signal: null, afterMs: 300, wasAsked: false } as const;

describe('the end of the desktop app', () => {
  it('is answered with the browser when it comes at the start, by an exit code or by a signal', () => {
    expect(judgeDesktopEnd({ ...ENDED, code: 127 })).toEqual({
      kind: 'browser',
      reason: 'Electron ended at its start (exit code 127)',
    });
    expect(judgeDesktopEnd({ ...ENDED, code: null, signal: 'SIGTRAP' })).toEqual({
      kind: 'browser',
      reason: 'Electron ended at its start (SIGTRAP)',
    });
  });

  it('is passed on when it is good, when it was asked for, and when the app had been open', () => {
    expect(judgeDesktopEnd({ ...ENDED, code: 0 })).toEqual({ kind: 'exit', code: 0 });
    expect(judgeDesktopEnd({ ...ENDED, code: null, signal: 'SIGINT', wasAsked: true })).toEqual({
      kind: 'exit',
      code: 1,
    });
    expect(judgeDesktopEnd({ ...ENDED, code: 7, afterMs: 10_001 })).toEqual({ kind: 'exit', code: 7 });
  });
});

describe('opening the desktop app', () => {
  const node = (script: string) => openDesktop(process.execPath, ['-e', script]);

  it('turns to the browser when the program cannot be started', async () => {
    expect(await openDesktop('/nowhere/electron', [])).toEqual({
      kind: 'browser',
      reason: 'Electron could not be started (ENOENT)',
    });
  });

  it('turns to the browser when the program fails or crashes at once', async () => {
    expect(await node('process.exit(3)')).toEqual({
      kind: 'browser',
      reason: 'Electron ended at its start (exit code 3)',
    });
    expect(await node('process.kill(process.pid, "SIGTRAP")')).toEqual({
      kind: 'browser',
      reason: 'Electron ended at its start (SIGTRAP)',
    });
  });

  it('passes a good end on, and leaves no listener behind', async () => {
    const before = process.listenerCount('SIGINT');
    expect(await node('')).toEqual({ kind: 'exit', code: 0 });
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});
