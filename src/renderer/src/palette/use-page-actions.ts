import { useCallback, useState } from 'react';
import type { Failure, Result } from '../../../contract/failure.ts';
import type { EngineClient } from '../connection/engine-client.ts';
import type { Demo } from '../features/learn/use-demo.ts';
import { ADD_TARGETS_FIELD } from '../features/path/add-targets-field.ts';
import { LIVE_LENGTHS, liveFocus } from '../features/path/focus-change.ts';
import { reportText } from '../features/path/table-copy.ts';
import { importFile, pickFile } from '../features/report/import-file.ts';
import type { OpenSessionStore } from '../live-store/open-session-store.ts';
import type { PathStore } from '../live-store/path-store.ts';
import type { PagePlace } from '../navigation/page-place.ts';
import type { ShortcutEffect } from '../navigation/shortcuts.ts';
import type { ViewArrivals } from '../navigation/view-arrivals.ts';
import type { CommandEffect } from './commands.ts';

/** What became of the last command, where the screen does not show it by itself. */
export type CommandOutcome =
  | { readonly kind: 'failed'; readonly what: string; readonly failure: Failure }
  | { readonly kind: 'done'; readonly words: string };

export interface PageActionsDeps {
  readonly client: EngineClient | null;
  readonly place: PagePlace;
  readonly arrivals: Pick<ViewArrivals, 'goAndAct'>;
  readonly paths: PathStore;
  readonly openSession: Pick<OpenSessionStore, 'setFocus'>;
  readonly demo: Pick<Demo, 'play' | 'stop'>;
  readonly checkAgain: () => void;
  readonly onShowHelp: () => void;
  readonly onShowCommands: () => void;
}

type Effect = Exclude<CommandEffect, { readonly kind: 'theme' }> | ShortcutEffect;

const LOST = { ok: false, failure: { code: 'connection-lost' } } as const;

/** Does what a command or a shortcut asks of the page, wherever it was asked. */
export function usePageActions(deps: PageActionsDeps) {
  const { client, place, arrivals, paths, openSession, demo, checkAgain, onShowHelp, onShowCommands } = deps;
  const [outcome, setOutcome] = useState<CommandOutcome | null>(null);

  const tell = useCallback((what: string, result: Result<unknown>) => {
    setOutcome(result.ok ? null : { kind: 'failed', what, failure: result.failure });
    return result.ok;
  }, []);

  const run = useCallback(
    async (effect: Effect): Promise<void> => {
      const chosen = paths.getPaths()?.find(({ pathId }) => pathId === paths.getChosen());
      setOutcome(null);
      switch (effect.kind) {
        case 'go':
          return place.go(effect.view);
        case 'type-target':
          return arrivals.goAndAct('paths', () => document.getElementById(ADD_TARGETS_FIELD)?.focus());
        case 'add':
          for (const [nth, target] of effect.targets.entries()) {
            const added = client === null ? LOST : await client.path.add({ target });
            if (!tell(`Watch ${target}`, added)) return;
            if (nth === 0 && added.ok) paths.choose(added.value.pathId);
          }
          return place.go('paths');
        case 'choose':
          if ('pathId' in effect) paths.choose(effect.pathId);
          else chooseBeside(paths, effect.step);
          return place.go('paths');
        case 'pause-or-resume':
          if (chosen === undefined) return;
          return run({
            kind: 'act',
            pathId: chosen.pathId,
            action: isSending(chosen.state.phase) ? 'pause' : 'resume',
          });
        case 'act':
          tell(ACTION_WORDS[effect.action], client === null ? LOST : await client.path[effect.action](effect));
          return;
        case 'open-timeline':
          return arrivals.goAndAct('paths', () => pressTimeline(effect.hopLimit));
        case 'focus-length': {
          const length = LIVE_LENGTHS[effect.place];
          if (length === undefined) return;
          const { view } = place.get();
          if (view === 'paths') paths.setFocus(liveFocus(length.id));
          else if (view === 'sessions') openSession.setFocus(liveFocus(length.id));
          return;
        }
        case 'focus':
          paths.setFocus(effect.focus);
          return place.go('paths');
        case 'play':
          return demo.play(effect.scenario, 60);
        case 'stop':
          return demo.stop(effect.scenario);
        case 'copy-table':
          return setOutcome(await copied(paths));
        case 'import-session':
          return setOutcome(await imported(client));
        case 'check':
          checkAgain();
          return place.go('doctor');
        case 'show-help':
          return onShowHelp();
        case 'show-commands':
          return onShowCommands();
        case 'leave-field':
          return;
      }
    },
    [client, place, arrivals, paths, openSession, demo, checkAgain, onShowHelp, onShowCommands, tell],
  );
  const dismiss = useCallback(() => setOutcome(null), []);
  return { run, outcome, dismiss };
}

const ACTION_WORDS = { pause: 'Pause', resume: 'Resume', remove: 'Remove' } as const;

function isSending(phase: string): boolean {
  return phase === 'running' || phase === 'resolving';
}

function chooseBeside(paths: PathStore, step: 1 | -1): void {
  const all = paths.getPaths() ?? [];
  const at = all.findIndex(({ pathId }) => pathId === paths.getChosen());
  const next = all[(at + step + all.length) % all.length];
  if (next !== undefined) paths.choose(next.pathId);
}

/** As a press on the number of the hop; it is left open where it is already. */
function pressTimeline(hopLimit: number): void {
  const button = document.querySelector<HTMLElement>(`button[aria-label="Timeline of hop ${hopLimit}"]`);
  if (button?.getAttribute('aria-pressed') === 'false') button.click();
  button?.focus();
}

async function imported(client: EngineClient | null): Promise<CommandOutcome | null> {
  const file = await pickFile();
  if (file === null) return null;
  const told = client === null ? LOST : await importFile(client, file);
  if (!told.ok) return { kind: 'failed', what: `Import ${file.name}`, failure: told.failure };
  const { target, rounds } = told.value;
  return { kind: 'done', words: `${file.name} is a session now: ${rounds.toLocaleString('en')} rounds to ${target}.` };
}

async function copied(paths: PathStore): Promise<CommandOutcome> {
  const { report } = paths.getView();
  if (report === null) return { kind: 'done', words: 'There is no table to copy yet: nothing has been measured.' };
  if (!('clipboard' in navigator)) {
    return {
      kind: 'done',
      words: 'The browser lets no page without encryption use the clipboard. Select the table to copy it.',
    };
  }
  try {
    await navigator.clipboard.writeText(reportText(report));
    return { kind: 'done', words: 'The hop table is in the clipboard, every column of it.' };
  } catch {
    return { kind: 'done', words: 'The browser did not allow the clipboard. Select the table to copy it.' };
  }
}
