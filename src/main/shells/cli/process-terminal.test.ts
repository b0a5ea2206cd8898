import { EventEmitter } from 'node:events';
import { Writable } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { createProcessTerminal, type TerminalProcess } from './process-terminal.ts';

/** A process whose output fails with this code, whose standard output is a terminal or not, and whose end is noted. */
function fakeProcess({ failure = null as string | null, isTTY = false, env = {} } = {}) {
  const written: string[] = [];
  const killed: string[] = [];
  const emitter = new EventEmitter();
  const stdout = new Writable({
    write: (chunk: Buffer, _, done) => {
      if (failure === null) written.push(chunk.toString());
      done(failure === null ? null : Object.assign(new Error(failure), { code: failure }));
    },
  });
  const own: TerminalProcess = {
    stdout: Object.assign(stdout, { isTTY }),
    stderr: new Writable({ write: (_chunk, _encoding, done) => done() }),
    env,
    pid: 4_711,
    on: (signal, listener) => emitter.on(signal, listener),
    off: (signal, listener) => emitter.off(signal, listener),
    kill: (pid, signal) => killed.push(`${pid} ${signal} with ${emitter.listenerCount(signal)} listeners`),
  };
  return { own, written, killed, signal: (name: 'SIGINT' | 'SIGTERM') => emitter.emit(name) };
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
    await new Promise((resolve) => setImmediate(resolve));
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
      expect(killed).toEqual([]);
      vi.advanceTimersByTime(100);
      expect(killed).toEqual(['4711 SIGINT with 0 listeners']);
    } finally {
      vi.useRealTimers();
    }
  });
});
