import { findView, VIEWS, type ViewId } from './views.ts';

/** What a key does; null where it means nothing. */
export type ShortcutEffect =
  | { readonly kind: 'go'; readonly view: ViewId }
  | { readonly kind: 'show-help' }
  | { readonly kind: 'leave-field' };

/** The key that begins a shortcut of two. */
const LEADER = 'g';

/** How long the second key is waited for. Enough to look for it, short enough to be forgotten by the next word. */
const SECOND_KEY_LIMIT_MS = 2_000;

/** A key that was pressed, as far as a shortcut asks. */
export interface PressedKey {
  readonly key: string;
  /** Whether Ctrl, Alt or the system's key was held, which are for others. */
  readonly isModified: boolean;
  /** Whether it goes to a field that takes text. */
  readonly isInField: boolean;
  readonly atMs: number;
}

/** Reads keys one after the other; single letters only where they are not text. */
export class ShortcutReader {
  #leaderAtMs: number | null = null;

  read({ key, isModified, isInField, atMs }: PressedKey): ShortcutEffect | null {
    const leaderAtMs = this.#leaderAtMs;
    this.#leaderAtMs = null;
    if (isModified) return null;
    if (key === 'Escape') return isInField ? { kind: 'leave-field' } : null;
    if (isInField) return null;
    if (key === '?') return { kind: 'show-help' };
    if (leaderAtMs !== null && atMs - leaderAtMs <= SECOND_KEY_LIMIT_MS) {
      const view = VIEWS.find((one) => one.key === key.toLowerCase());
      if (view !== undefined) return { kind: 'go', view: view.id };
    }
    if (key.toLowerCase() === LEADER) this.#leaderAtMs = atMs;
    return null;
  }
}

/** The keys of one shortcut, pressed one after the other, and what they do. */
export interface Shortcut {
  readonly keys: readonly string[];
  readonly does: string;
}

export interface ShortcutGroup {
  readonly title: string;
  readonly shortcuts: readonly Shortcut[];
}

/** The keys that lead to a view. */
export function keysOf(view: ViewId): readonly string[] {
  return [LEADER, findView(view).key];
}

/** Every shortcut of the app, as the help lists them. */
export const SHORTCUTS: readonly ShortcutGroup[] = [
  {
    title: 'Views',
    shortcuts: VIEWS.map(({ id, name }) => ({ keys: keysOf(id), does: `Go to ${name}` })),
  },
  {
    title: 'Everywhere',
    shortcuts: [
      { keys: ['?'], does: 'Show this list' },
      { keys: ['Esc'], does: 'Leave a field, so that the keys above work; close this list' },
    ],
  },
  {
    title: 'In a field for targets or ranges',
    shortcuts: [
      { keys: ['Enter'], does: 'Start' },
      { keys: ['Shift + Enter'], does: 'Begin a new line' },
    ],
  },
];
