import type { StoreState } from '../../../contract/sessions.ts';

/** What keeps something from being kept. */
export interface StoreFault {
  readonly kind: NonNullable<StoreState['trouble']>['kind'];
  /** The system's own error name, or SQLite's. */
  readonly osCode: string;
}

/** Primary result codes of SQLite (sqlite.org/rescode.html) that mean something of their own here. */
const SQLITE: Readonly<Record<number, StoreFault>> = {
  5: { kind: 'in-use', osCode: 'SQLITE_BUSY' },
  8: { kind: 'read-only', osCode: 'SQLITE_READONLY' },
  10: { kind: 'other', osCode: 'SQLITE_IOERR' },
  11: { kind: 'corrupt', osCode: 'SQLITE_CORRUPT' },
  13: { kind: 'disk-full', osCode: 'SQLITE_FULL' },
  14: { kind: 'read-only', osCode: 'SQLITE_CANTOPEN' },
  26: { kind: 'corrupt', osCode: 'SQLITE_NOTADB' },
};

/** The fault that an error of SQLite or of the file system stands for; null when it is neither, and so a bug. */
export function faultOf(error: unknown): StoreFault | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  const code = String(error.code);
  if (code === 'ERR_SQLITE_ERROR' && 'errcode' in error) {
    // Extended codes tell more in the higher bytes.
    const primary = Number(error.errcode) % 256;
    return SQLITE[primary] ?? { kind: 'other', osCode: `SQLITE_${primary}` };
  }
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return { kind: 'disk-full', osCode: code };
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return { kind: 'read-only', osCode: code };
    default:
      return 'syscall' in error ? { kind: 'other', osCode: code } : null;
  }
}
