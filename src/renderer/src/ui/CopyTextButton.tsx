import { Button } from '@mantine/core';
import { useState } from 'react';
import { CheckIcon, CopyIcon } from './icons.tsx';

interface CopyTextButtonProps {
  /** Makes what is copied, when it is. */
  readonly text: () => string;
  readonly label: string;
}

type Outcome = 'none' | 'copied' | 'refused';

/** How long it says what it did. */
const TOLD_MS = 2_000;

/** Puts text into the clipboard, and says whether that was allowed. It is not there where a page has no clipboard. */
export function CopyTextButton({ text, label }: CopyTextButtonProps) {
  const [outcome, setOutcome] = useState<Outcome>('none');
  if (!('clipboard' in navigator)) return null;
  const copy = async () => {
    const written = await navigator.clipboard.writeText(text()).then(
      () => 'copied' as const,
      () => 'refused' as const,
    );
    setOutcome(written);
    setTimeout(() => setOutcome('none'), TOLD_MS);
  };
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={outcome === 'copied' ? <CheckIcon size={12} /> : <CopyIcon size={12} />}
      onClick={() => void copy()}
    >
      <span aria-live="polite">{WORDS[outcome] ?? label}</span>
    </Button>
  );
}

const WORDS: Readonly<Record<Outcome, string | null>> = {
  none: null,
  copied: 'Copied',
  refused: 'The browser refused',
};
