import type { StoreState } from './sessions.ts';

/** What is wrong with the store of sessions, in one sentence; null when all is well. */
export function describeStoreTrouble({ trouble, file }: StoreState): string | null {
  if (trouble === null) return null;
  const code = trouble.osCode === '' ? '' : ` (${trouble.osCode})`;
  switch (trouble.kind) {
    case 'disk-full':
      return `The disk is full${code}, so sessions cannot be written.`;
    case 'read-only':
      return `The file of sessions cannot be opened or written${code}: its folder may not be written by this user.`;
    case 'corrupt':
      return trouble.keptAside === null
        ? `The file of sessions is damaged${code}.`
        : `The file of sessions was damaged${code}. It was kept as ${trouble.keptAside}, and a new one begun.`;
    case 'in-use':
      return file === null
        ? 'Another Hopscope is running and has kept no sessions yet.'
        : 'Another Hopscope is running, so that sessions can be read here but not changed.';
    case 'too-new':
      return 'The file of sessions is of a newer Hopscope, which this one cannot read; it is left as it is.';
    case 'other':
      return `The file of sessions cannot be used${code}.`;
  }
}

/** What the store of sessions does with what is measured now, in a sentence; of trouble `describeStoreTrouble` tells. */
export function describeStoreMode({ mode, file }: StoreState): string {
  switch (mode) {
    case 'writing':
      return 'Whatever paths measure is on disk within a second.';
    case 'not-writing':
      return 'What is measured now is in memory only, and is written when that is possible again.';
    case 'off':
      return file === null
        ? 'Nothing measured here is kept on disk.'
        : 'Recording is switched off: nothing new is kept, and what was recorded stays.';
  }
}
