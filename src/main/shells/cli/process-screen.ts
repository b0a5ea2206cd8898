import type { Readable, Writable } from 'node:stream';
import { onDispose } from '../../base/disposables.ts';
import type { Screen } from './terminal.ts';

/** The parts of a terminal's output that a screen uses. */
export type ScreenOutput = Writable & { readonly columns?: number; readonly rows?: number };

/** The parts of a terminal's input that a screen uses. */
export type ScreenInput = Readable & { setRawMode?(isRaw: boolean): unknown };

/** Ctrl-C as a terminal in raw mode sends it (ETX). */
const END_OF_TEXT = '\u0003';

/** The size of a terminal that does not tell its own: that of the VT100. */
const USUAL_COLUMNS = 80;
const USUAL_ROWS = 24;

/**
 * DEC private modes: 1049 the alternate screen, 25 the cursor, 7 the wrapping of long lines. Everything that is
 * switched on is switched back.
 */
const ENTER = '\u001b[?1049h\u001b[?25l\u001b[?7l';
const LEAVE = '\u001b[?7h\u001b[?25h\u001b[?1049l';

/** Takes a terminal as a page. Ctrl-C reaches `onInterrupt`, since in raw mode it makes no signal. */
export function createProcessScreen(output: ScreenOutput, input: ScreenInput, onInterrupt: () => void): Screen {
  const quit = new AbortController();
  const onKeys = (keys: string) => {
    if (keys.includes('q') || keys.includes('Q')) quit.abort();
    if (keys.includes(END_OF_TEXT)) onInterrupt();
  };
  input.setRawMode?.(true);
  input.setEncoding('utf8');
  input.on('data', onKeys);
  output.write(ENTER);
  const end = onDispose(() => {
    input.off('data', onKeys);
    input.setRawMode?.(false);
    input.pause();
    output.write(LEAVE);
  });
  return {
    get columns() {
      return output.columns ?? USUAL_COLUMNS;
    },
    get rows() {
      return output.rows ?? USUAL_ROWS;
    },
    quit: quit.signal,
    show: (lines) => {
      const shown = lines.slice(0, output.rows ?? USUAL_ROWS);
      // Each line is cleared to its end after it is written, and the rest below, so that nothing flickers.
      output.write(`\u001b[H${shown.map((line) => `${line}\u001b[K`).join('\r\n')}\u001b[J`);
    },
    onResize: (listener) => {
      output.on('resize', listener);
      return onDispose(() => output.off('resize', listener));
    },
    [Symbol.dispose]: () => end[Symbol.dispose](),
  };
}
