import { EventEmitter } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { createProcessTerminal, type TerminalProcess } from './process-terminal.ts';

/** A process whose output fails with this code, whose standard output is a terminal or not, and whose end is noted. */
function fakeProcess({ failure = null as string | null, isTTY = false, env = {} } = {}) {
  const written: string[] = [];
  const killed: string[] = [];
  const notices: string[] = [];
  const rawModes: boolean[] = [];
  const emitter = new EventEmitter();
  const stdout = new Writable({
    write: (chunk: Buffer, _, done) => {
      if (failure === null) written.push(chunk.toString());
      done(failure === null ? null : Object.assign(new Error(failure), { code: failure }));
    },
  });
  const own: TerminalProcess = {
    stdout: Object.assign(stdout, { isTTY }),
    stderr: Object.assign(new Writable({ write: (chunk, _, done) => done(void notices.push(chunk.toString())) }), {
      isTTY,
    }),
    stdin: Object.assign(new PassThrough(), { isTTY, setRawMode: (isRaw: boolean) => void rawModes.push(isRaw) }),
    env,
    pid: 4_711,
    on: (signal, listener) => emitter.on(signal, listener),
    off: (signal, listener) => emitter.off(signal, listener),
    kill: (pid, signal) => killed.push(`${pid} ${signal} with ${emitter.listenerCount(signal)} listeners`),
  };
  return { own, written, notices, rawModes, killed, signal: (name: 'SIGINT' | 'SIGTERM') => emitter.emit(name) };
}

describe('the terminal of a process', () => {
  it('tells the first ending signal and lets the second one end the process as it ends any other', () => {
    const { own, killed, signal } = fakeProcess();
    const terminal = createProcessTerminal(own);
    signal('SIGINT');
    expect([terminal.interrupted.aborted, killed]).toEqual([true, []]);
    signal('SIGINT');
    expect(killed).toEqual(['4711 SIGINT with 0 listeners']);
  });

  it.each([
    ['EPIPE', { kind: 'reader-gone' }],
    ['ENOSPC', { kind: 'refused', osCode: 'ENOSPC' }],
  ])('tells why its output is lost and writes nothing more: %s', async (failure, reason) => {
    const { own } = fakeProcess({ failure });
    const terminal = createProcessTerminal(own);
    terminal.print('one');
    await terminal.printed();
    expect([terminal.outputLost.aborted, terminal.outputLost.reason]).toEqual([true, reason]);
    expect(() => terminal.print('two')).not.toThrow();
  });

  it('is coloured in a terminal, unless NO_COLOR is set or the terminal is dumb', () => {
    const isColoured = (isTTY: boolean, env: Record<string, string>) =>
      createProcessTerminal(fakeProcess({ isTTY, env }).own).isColoured;
    expect([
      isColoured(true, {}),
      isColoured(true, { NO_COLOR: '' }),
      isColoured(true, { NO_COLOR: '0' }),
      isColoured(true, { TERM: 'dumb' }),
      isColoured(false, {}),
    ]).toEqual([true, true, false, false, false]);
  });

  it('ends by the signal that was sent when something still holds up the process after the last line', () => {
    vi.useFakeTimers();
    try {
      const { own, killed, signal } = fakeProcess();
      const terminal = createProcessTerminal(own);
      signal('SIGINT');
      terminal.leave();
      vi.advanceTimersByTime(999);
      expect(killed).toEqual([]);
      vi.advanceTimersByTime(1);
      expect(killed).toEqual(['4711 SIGINT with 0 listeners']);
    } finally {
      vi.useRealTimers();
    }
  });

  it('shows progress on one line of standard error, gone before the next line, and none where that is no terminal', () => {
    const { own, notices } = fakeProcess({ isTTY: true });
    const terminal = createProcessTerminal(own);
    terminal.showProgress('10 %');
    terminal.showProgress('20 %');
    terminal.print('a result');
    terminal.showProgress('30 %');
    terminal.warn('a notice');
    terminal.showProgress(null);
    expect(notices.join('')).toBe('\r\u001b[K10 %\r\u001b[K20 %\r\u001b[K\r\u001b[K30 %\r\u001b[Ka notice\n');
    const piped = fakeProcess();
    createProcessTerminal(piped.own).showProgress('10 %');
    expect(piped.notices).toEqual([]);
  });

  it('gives no screen where there is no terminal', () => {
    expect(createProcessTerminal(fakeProcess().own).openScreen()).toBeNull();
    expect(createProcessTerminal(fakeProcess({ isTTY: true, env: { TERM: 'dumb' } }).own).openScreen()).toBeNull();
  });

  it('gives a screen that is left as it was found, also when Ctrl-C is pressed twice', async () => {
    const { own, written, rawModes, killed } = fakeProcess({ isTTY: true });
    const terminal = createProcessTerminal(own);
    const screen = terminal.openScreen();
    screen?.show(['one', 'two']);
    (own.stdin as PassThrough).write('\u0003');
    await new Promise((resolve) => setImmediate(resolve));
    expect([terminal.interrupted.aborted, screen?.quit.aborted, rawModes]).toEqual([true, false, [true]]);
    (own.stdin as PassThrough).write('\u0003');
    await new Promise((resolve) => setImmediate(resolve));
    expect([killed, rawModes]).toEqual([['4711 SIGINT with 0 listeners'], [true, false]]);
    expect(written.join('')).toBe(
      '\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[Hone\u001b[K\r\ntwo\u001b[K\u001b[J\u001b[?7h\u001b[?25h\u001b[?1049l',
    );
  });

  it('tells when q is pressed, and how large the screen is', async () => {
    const { own } = fakeProcess({ isTTY: true });
    const screen = createProcessTerminal(own).openScreen();
    expect([screen?.columns, screen?.rows]).toEqual([80, 24]);
    (own.stdin as PassThrough).write('q');
    await new Promise((resolve) => setImmediate(resolve));
    expect(screen?.quit.aborted).toBe(true);
  });
});
