import { Button, useMantineColorScheme } from '@mantine/core';
import { useMemo, useSyncExternalStore } from 'react';
import type { DemoScenario } from '../../../contract/demo.ts';
import { describeFailure } from '../../../contract/describe-failure.ts';
import type { Platform } from '../../../contract/system.ts';
import { FailureNotice } from '../failures/FailureNotice.tsx';
import type { PathStore } from '../live-store/path-store.ts';
import { CommandPalette } from './CommandPalette.tsx';
import classes from './Commands.module.css';
import { type CommandEffect, commandsFor } from './commands.ts';
import type { CommandOutcome } from './use-page-actions.ts';

interface CommandsProps {
  readonly isOpen: boolean;
  readonly paths: PathStore;
  readonly scenarios: readonly DemoScenario[];
  readonly run: (effect: Exclude<CommandEffect, { readonly kind: 'theme' }>) => Promise<void>;
  readonly onClose: () => void;
}

/** The palette with what there is to command now. */
export function Commands({ isOpen, paths, scenarios, run, onClose }: CommandsProps) {
  const list = useSyncExternalStore(paths.subscribePaths, paths.getPaths);
  const { setColorScheme } = useMantineColorScheme();
  // What there is when it opens; hops that come meanwhile would move what is being chosen.
  const commands = useMemo(() => {
    if (!isOpen) return [];
    const { report } = paths.getView();
    const hops = (report?.hops ?? []).flatMap(({ hopLimit, responders: [first] }) =>
      first === undefined ? [] : [{ hopLimit, host: first.name ?? first.address }],
    );
    return commandsFor({ paths: list ?? [], chosenId: paths.getChosen(), hops, scenarios });
  }, [isOpen, paths, list, scenarios]);
  const onRun = (effect: CommandEffect) => {
    if (effect.kind === 'theme') setColorScheme(effect.theme);
    else void run(effect);
  };
  return <CommandPalette isOpen={isOpen} commands={commands} onRun={onRun} onClose={onClose} />;
}

interface OutcomeNoticeProps {
  readonly outcome: CommandOutcome | null;
  readonly platform: Platform;
  readonly onDismiss: () => void;
}

/** What became of the last command, where the screen does not show it by itself. */
export function OutcomeNotice({ outcome, platform, onDismiss }: OutcomeNoticeProps) {
  if (outcome === null) return null;
  const dismiss = (
    <Button size="compact-xs" variant="default" onClick={onDismiss}>
      Dismiss
    </Button>
  );
  if (outcome.kind === 'done') {
    return (
      <div className={classes.done} role="status">
        {outcome.words} {dismiss}
      </div>
    );
  }
  const explanation = describeFailure(outcome.failure, platform);
  return (
    <FailureNotice explanation={{ ...explanation, title: `${outcome.what}: ${explanation.title}` }} action={dismiss} />
  );
}
