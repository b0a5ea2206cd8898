/** Lets the person save a text as a file, as the browser or the window saves any file. */
export function saveText(text: string, fileName: string, type: 'text/csv'): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The download has begun when the click returns; the text need not be kept for it.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
