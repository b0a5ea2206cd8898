import { useCallback, useState } from 'react';

/** What came of the last copying or saving, in a sentence; an empty string before the first. */
export interface Copying {
  readonly outcome: string;
  /** Puts text into the clipboard. */
  readonly copy: (text: string, what: string) => Promise<void>;
  /** Puts a picture into the clipboard, to be pasted where pictures can be. */
  readonly copyPicture: (make: () => Promise<Blob>, what: string) => Promise<void>;
  /** Offers a file to be saved. */
  readonly save: (make: () => Blob | Promise<Blob>, fileName: string) => Promise<void>;
}

const NO_CLIPBOARD =
  'The browser gives this page no clipboard: it has one only where the page comes from this machine or encrypted.';

export function useCopy(): Copying {
  const [outcome, setOutcome] = useState('');
  const copy = useCallback(async (text: string, what: string) => {
    // A page that came unencrypted from another machine has none.
    if (!('clipboard' in navigator)) {
      setOutcome(NO_CLIPBOARD);
      return;
    }
    try {
      await navigator.clipboard.writeText(text);
      setOutcome(`Copied: ${what}.`);
    } catch {
      setOutcome('The browser did not let the page copy.');
    }
  }, []);
  const copyPicture = useCallback(async (make: () => Promise<Blob>, what: string) => {
    if (!('clipboard' in navigator)) {
      setOutcome(NO_CLIPBOARD);
      return;
    }
    // Older browsers copy text only.
    if (typeof ClipboardItem === 'undefined') {
      setOutcome('This browser cannot copy pictures: save it as PNG instead.');
      return;
    }
    try {
      // The picture is made while the browser waits: by the time it is there the press that allows it may be too long ago.
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': make() })]);
      setOutcome(`Copied: ${what}.`);
    } catch {
      setOutcome('The browser did not let the page copy the picture: save it as PNG instead.');
    }
  }, []);
  const save = useCallback(async (make: () => Blob | Promise<Blob>, fileName: string) => {
    try {
      const url = URL.createObjectURL(await make());
      const link = document.createElement('a');
      link.href = url;
      link.download = fileName;
      link.click();
      URL.revokeObjectURL(url);
      setOutcome(`Saved as ${fileName}.`);
    } catch {
      setOutcome('The picture could not be made.');
    }
  }, []);
  return { outcome, copy, copyPicture, save };
}

/** A name for a file that says what it is of, without characters that a file system has a meaning for. */
export function fileNameOf(parts: readonly string[], ending: string): string {
  const name = parts
    .join(' ')
    .replace(/[^\p{L}\p{N}.-]+/gu, '-')
    .replace(/^[.-]+|[.-]+$/g, '');
  return `${name === '' ? 'hopscope' : name.slice(0, 100)}.${ending}`;
}
