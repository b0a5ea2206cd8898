import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';
import type { Logger } from '../../base/logger.ts';
import type { WindowPlace } from './window-place.ts';

/** What only the desktop app is asked to do; each can be changed in its menu. */
export interface DesktopPreferences {
  /** Closing the window leaves the app running in the tray. Without effect on macOS, where apps stay anyway. */
  readonly keepInTray: boolean;
  /** Keeps the computer from sleeping by itself while something is watched. */
  readonly stayAwake: boolean;
  /** Lets rules of alerts run programs. It is kept here and not among the settings, which a page may change. */
  readonly programs: boolean;
}

interface Memory {
  readonly window: WindowPlace | null;
  readonly preferences: DesktopPreferences;
}

const NOTHING: Memory = { window: null, preferences: { keepInTray: false, stayAwake: false, programs: false } };

const pixels = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000));
const memorySchema = v.object({
  window: v.fallback(
    v.nullable(
      v.object({
        position: v.nullable(v.object({ x: pixels, y: pixels })),
        width: pixels,
        height: pixels,
        isMaximized: v.boolean(),
        zoomLevel: v.pipe(v.number(), v.minValue(-8), v.maxValue(9)),
      }),
    ),
    null,
  ),
  preferences: v.fallback(
    v.object({ keepInTray: v.boolean(), stayAwake: v.boolean(), programs: v.optional(v.boolean(), false) }),
    NOTHING.preferences,
  ),
});

/** What the desktop app remembers from one start to the next, in a file of its own. What cannot be read is forgotten. */
export class DesktopMemory {
  readonly #path: string;
  readonly #logger: Logger;
  #memory: Memory;

  constructor(path: string, logger: Logger) {
    this.#path = path;
    this.#logger = logger;
    this.#memory = this.#read();
  }

  get window(): WindowPlace | null {
    return this.#memory.window;
  }

  get preferences(): DesktopPreferences {
    return this.#memory.preferences;
  }

  keepWindow(window: WindowPlace): void {
    this.#keep({ ...this.#memory, window });
  }

  keepPreferences(changed: Partial<DesktopPreferences>): void {
    this.#keep({ ...this.#memory, preferences: { ...this.preferences, ...changed } });
  }

  #read(): Memory {
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch {
      return NOTHING; // a first start
    }
    try {
      return v.parse(memorySchema, JSON.parse(text));
    } catch (error) {
      this.#logger.error('what the window remembered could not be read', { path: this.#path, error: String(error) });
      return NOTHING;
    }
  }

  /** The file is whole at any moment: a new one takes its place. */
  #keep(memory: Memory): void {
    if (JSON.stringify(memory) === JSON.stringify(this.#memory)) return;
    this.#memory = memory;
    const next = `${this.#path}.new`;
    try {
      mkdirSync(dirname(this.#path), { recursive: true });
      writeFileSync(next, `${JSON.stringify(memory, null, 2)}\n`);
      renameSync(next, this.#path);
    } catch (error) {
      this.#logger.error('what the window remembers could not be written', { path: this.#path, error: String(error) });
    }
  }
}
