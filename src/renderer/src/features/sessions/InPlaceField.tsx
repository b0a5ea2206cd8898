import { TextInput } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';

interface InPlaceFieldProps {
  /** What a screen reader calls the field. */
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly longest: number;
  /** Gets what is to stand there now; null: what stood there stays. */
  readonly onDone: (text: string | null) => void;
}

/** A field in the place of the words that it changes: Enter, or leaving it, keeps what was typed; Escape does not. */
export function InPlaceField({ label, placeholder, value, longest, onDone }: InPlaceFieldProps) {
  const [typed, setTyped] = useState(value);
  const fieldRef = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  useEffect(() => {
    fieldRef.current?.focus();
    fieldRef.current?.select();
  }, []);
  // Leaving is also what happens to a field that is taken away.
  const end = (text: string | null) => {
    if (isDone.current) return;
    isDone.current = true;
    onDone(text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault();
    end(event.key === 'Enter' ? typed.trim() : null);
  };
  return (
    <TextInput
      ref={fieldRef}
      size="xs"
      aria-label={label}
      placeholder={placeholder}
      maxLength={longest}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={() => end(typed.trim())}
    />
  );
}
