import { findView, VIEWS, type ViewId } from './views.ts';

/** What a key does; null where it means nothing. */
export type ShortcutEffect =
  | { readonly kind: 'go'; readonly view: ViewId }
  | { readonly kind: 'show-help' }
  | { readonly kind: 'show-commands' }
  | { readonly kind: 'type-target' }
  /** The next target of the list (1), or the one before (-1). */
  | { readonly kind: 'choose'; readonly step: 1 | -1 }
  | { readonly kind: 'pause-or-resume' }
  /** One of the lengths of a live period, by its place from 0. */
  | { readonly kind: 'focus-length'; readonly place: number }
  | { readonly kind: 'leave-field' };

/** Single keys and what they do; those of timelines are read where the timelines are. */
const SINGLE_KEYS: ReadonlyMap<string, ShortcutEffect> = new Map<string, ShortcutEffect>([
  ['?', { kind: 'show-help' }],
  ['a', { kind: 'type-target' }],
  ['/', { kind: 'type-target' }],
  ['n', { kind: 'choose', step: 1 }],
  ['b', { kind: 'choose', step: -1 }],
  ['p', { kind: 'pause-or-resume' }],
  ...Array.from({ length: 9 }, (_, place): [string, ShortcutEffect] => [
    String(place + 1),
    { kind: 'focus-length', place },
  ]),
]);

/** Whether a key opens the commands: it is no single key, so it works in fields and cannot be switched off. */
export function opensCommands(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): boolean {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  return key.toLowerCase() === 'k' && ctrlKey !== metaKey && !altKey && !shiftKey;
}

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
    if (leaderAtMs !== null && atMs - leaderAtMs <= SECOND_KEY_LIMIT_MS) {
      const view = VIEWS.find((one) => one.key === key.toLowerCase());
      if (view !== undefined) return { kind: 'go', view: view.id };
    }
    if (key.toLowerCase() === LEADER) this.#leaderAtMs = atMs;
    return SINGLE_KEYS.get(key.toLowerCase()) ?? null;
  }
}

/** The keys of one shortcut and what they do. */
export interface Shortcut {
  readonly keys: readonly string[];
  /** Each of the keys does its own; absent: they are pressed one after the other. */
  readonly areAlternatives?: boolean;
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
      { keys: ['Ctrl + K'], does: 'Find a command, also from within a field (⌘ K on a Mac)' },
      { keys: ['?'], does: 'Show this list' },
      { keys: ['Esc'], does: 'Leave a field, so that the keys above work; close this list' },
    ],
  },
  {
    title: 'Targets',
    shortcuts: [
      { keys: ['a'], does: 'Add a target; / does the same' },
      { keys: ['n'], does: 'Look at the next target' },
      { keys: ['b'], does: 'Look at the target before' },
      { keys: ['p'], does: 'Pause or resume the target looked at' },
      { keys: ['1'], does: 'Focus on the shortest period; 2, 3… on longer ones, the last on everything' },
    ],
  },
  {
    title: 'On a path',
    shortcuts: [
      { keys: [','], does: 'Move the focus to earlier times' },
      { keys: ['.'], does: 'Move the focus to later times' },
      { keys: ['l'], does: 'Live: the last ten minutes, moving on with time' },
      { keys: ['+'], does: 'Zoom the timelines in' },
      { keys: ['-'], does: 'Zoom the timelines out' },
      { keys: ['<'], does: 'Pan the timelines to earlier times' },
      { keys: ['>'], does: 'Pan the timelines to later times' },
      { keys: ['f'], does: 'Have the timelines show just the focus' },
      { keys: ['j'], does: 'Show or hide jitter below each timeline' },
      { keys: ['c'], does: 'Comment on the moment pointed at in a timeline, else on the newest in focus' },
      {
        keys: ['←', '→'],
        areAlternatives: true,
        does: 'In a timeline: go from value to value; on a heading: move the column',
      },
      {
        keys: ['Shift + ←', 'Shift + →'],
        areAlternatives: true,
        does: 'On a heading: make the column narrower or wider',
      },
      { keys: ['Delete'], does: 'On a heading: hide the column' },
    ],
  },
  {
    title: 'With the pointer on a timeline',
    shortcuts: [
      { keys: ['Drag'], does: 'Put a period into focus' },
      { keys: ['Drag an edge of the band'], does: 'Make the focus begin or end there' },
      { keys: ['Drag the handle above the band'], does: 'Move the focus' },
      { keys: ['Double click'], does: 'Bring the focus there' },
      { keys: ['Wheel'], does: 'Zoom; the focus too, while it is all that is shown' },
      { keys: ['Shift + drag'], does: 'Pan' },
    ],
  },
  {
    title: 'In a field for targets or ranges',
    shortcuts: [
      { keys: ['Enter'], does: 'Start' },
      { keys: ['Shift + Enter'], does: 'Begin a new line' },
      { keys: ['↓'], does: 'Open the suggestions, and go to the next; Enter takes it' },
    ],
  },
];
