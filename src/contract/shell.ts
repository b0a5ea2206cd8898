import * as v from 'valibot';
import { stream } from './define.ts';
import { VIEW_IDS } from './views.ts';

/** What a person asks of the page outside of it: in the menu of its window, in the tray, by a notification. */

export const THEMES = ['light', 'dark', 'auto'] as const;

export const shellCommandSchema = v.variant('kind', [
  v.object({ kind: v.literal('go'), view: v.picklist(VIEW_IDS) }),
  /** Lets targets be typed at once. */
  v.object({ kind: v.literal('add-target') }),
  /** Looks at a path, whatever view is shown now. */
  v.object({ kind: v.literal('choose-path'), pathId: v.string() }),
  /** Lets the period end now and move on with time. */
  v.object({ kind: v.literal('go-live') }),
  v.object({ kind: v.literal('show-shortcuts') }),
  /** `auto` is the theme of the system. */
  v.object({ kind: v.literal('set-theme'), theme: v.picklist(THEMES) }),
]);
export type ShellCommand = v.InferOutput<typeof shellCommandSchema>;

export const shellContract = {
  /** Commands as they are given. A host without a menu gives none; the stream stays open all the same. */
  commands: stream(v.object({}), shellCommandSchema),
} as const;
