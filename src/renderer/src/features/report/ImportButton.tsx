import { Button } from '@mantine/core';
import { useState } from 'react';
import { describeFailure } from '../../../../contract/describe-failure.ts';
import type { Failure } from '../../../../contract/failure.ts';
import type { Platform } from '../../../../contract/system.ts';
import type { EngineClient } from '../../connection/engine-client.ts';
import { FailureNotice } from '../../failures/FailureNotice.tsx';
import classes from './ImportButton.module.css';
import { importFile, pickFile } from './import-file.ts';

interface ImportButtonProps {
  /** Null while there is no engine. */
  readonly client: EngineClient | null;
  readonly platform: Platform;
}

type Outcome =
  | { readonly kind: 'importing'; readonly name: string }
  | { readonly kind: 'done'; readonly words: string }
  | { readonly kind: 'refused'; readonly name: string; readonly failure: Failure };

/** Makes a session of a file, and says what became of it. */
export function ImportButton({ client, platform }: ImportButtonProps) {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const run = async () => {
    const file = await pickFile();
    if (file === null || client === null) return;
    setOutcome({ kind: 'importing', name: file.name });
    const told = await importFile(client, file);
    if (!told.ok) return setOutcome({ kind: 'refused', name: file.name, failure: told.failure });
    const { rounds, target } = told.value;
    const words = `${file.name} is a session now: ${rounds.toLocaleString('en')} rounds to ${target}.`;
    setOutcome({ kind: 'done', words });
  };
  return (
    <>
      <div className={classes.line}>
        <span role="status">
          {outcome?.kind === 'importing' && `Importing ${outcome.name}…`}
          {outcome?.kind === 'done' && outcome.words}
        </span>
        <Button
          size="xs"
          variant="default"
          disabled={client === null}
          loading={outcome?.kind === 'importing'}
          onClick={() => void run()}
        >
          Import…
        </Button>
      </div>
      {outcome?.kind === 'refused' && <Refused {...outcome} platform={platform} onDismiss={() => setOutcome(null)} />}
    </>
  );
}

interface RefusedProps {
  readonly name: string;
  readonly failure: Failure;
  readonly platform: Platform;
  readonly onDismiss: () => void;
}

function Refused({ name, failure, platform, onDismiss }: RefusedProps) {
  const explanation = describeFailure(failure, platform);
  return (
    <FailureNotice
      explanation={{ ...explanation, title: `${name}: ${explanation.title}` }}
      action={
        <Button size="compact-xs" variant="default" onClick={onDismiss}>
          Dismiss
        </Button>
      }
    />
  );
}
