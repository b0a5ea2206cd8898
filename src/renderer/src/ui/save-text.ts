type TextType = 'text/csv' | 'text/html' | 'text/plain' | 'text/markdown' | 'application/json';

/** Lets the person save a text as a file, as the browser or the window saves any file. */
export function saveText(text: string, fileName: string, type: TextType): void {
  saveParts([text], fileName, type);
}

/** The same of a text in parts, which are never one text in memory. */
export function saveParts(parts: readonly string[], fileName: string, type: TextType): void {
  const url = URL.createObjectURL(new Blob([...parts], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The download has begun when the click returns; the text need not be kept for it.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
