import { VisuallyHidden } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';

/** Tells a screen reader each new value of a text, but not the first, which it reads anyway. To be put into the page. */
export function useAnnouncement(text: string): ReactNode {
  const before = useRef(text);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (before.current === text) return;
    before.current = text;
    setSaid(text);
  }, [text]);
  return <VisuallyHidden aria-live="polite">{said}</VisuallyHidden>;
}
