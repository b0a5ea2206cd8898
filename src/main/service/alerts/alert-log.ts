import { appendFile, mkdir, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ActionOutcome } from '../../../contract/alert-action.ts';
import { escapeControls } from '../../../contract/escape-controls.ts';

/** When the log is longer than this it becomes the one before, and what was the one before is gone: a megabyte is some ten thousand alerts. */
export const LOG_LIMIT_BYTES = 1_000_000;

/** One line of the log. */
export interface LogLine {
  readonly atEpochMs: number;
  readonly event: 'enter' | 'leave' | 'test';
  readonly rule: string;
  readonly sentence: string;
  readonly simulated: string | null;
}

/** A text file with a line for each alert, never more than two megabytes with the one before. */
export class AlertLog {
  readonly #path: string | null;
  readonly #limitBytes: number;
  /** Lines are written one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  /** @param path null where nothing is kept */
  constructor(path: string | null, limitBytes = LOG_LIMIT_BYTES) {
    this.#path = path;
    this.#limitBytes = limitBytes;
  }

  /** Never rejects. */
  write(line: LogLine): Promise<ActionOutcome> {
    const path = this.#path;
    if (path === null) return Promise.resolve({ kind: 'not-logged', path: null, osCode: null });
    const written = this.#last.then(() => this.#append(path, `${textOf(line)}\n`));
    this.#last = written;
    return written;
  }

  async #append(path: string, text: string): Promise<ActionOutcome> {
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      if ((await sizeOf(path)) + Buffer.byteLength(text) > this.#limitBytes) await rename(path, `${path}.1`);
      await appendFile(path, text, { mode: 0o600 });
      return { kind: 'logged', path };
    } catch (error) {
      const osCode = error instanceof Error && 'code' in error ? String(error.code) : null;
      return { kind: 'not-logged', path, osCode };
    }
  }
}

/** Columns set apart by tabs; whatever a name contains, it stays on its line. */
function textOf({ atEpochMs, event, rule, sentence, simulated }: LogLine): string {
  const columns = [
    new Date(atEpochMs).toISOString(),
    event,
    rule,
    simulated === null ? sentence : `${sentence} [simulated: ${simulated}]`,
  ];
  return columns.map(escapeControls).join('\t');
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
}
