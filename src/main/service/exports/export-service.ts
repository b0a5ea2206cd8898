import { type Result, succeed } from '../../../contract/failure.ts';
import type { HopscopeContract } from '../../../contract/index.ts';
import type { Handlers } from '../../../contract/serve.ts';
import { pathLines } from '../../reports/path-lines.ts';
import { createStyle } from '../../reports/style.ts';
import type { Period } from '../period.ts';
import { askKeeper, type Kept } from '../sessions/ask-keeper.ts';
import type { ExportPiece } from '../sessions/keeper-calls.ts';

export interface ExportServiceDeps {
  /** Null when nothing is kept. */
  readonly kept: Kept | null;
  /** Of the program. */
  readonly version: string;
  /** Addresses of the interfaces of this machine, as they are now. */
  readonly ownAddresses: () => readonly string[];
}

/** Answers the contract's `exports`. */
export function createExportService({
  kept,
  version,
  ownAddresses,
}: ExportServiceDeps): Handlers<HopscopeContract>['exports'] {
  const by = () => ({ version, ownAddresses: ownAddresses() });
  return {
    piece: async ({ format, cursor, mask, ...asked }) => {
      switch (format) {
        case 'json':
        case 'csv':
        case 'html':
          return await askKeeper(kept, 'exportPiece', { ...asked, format, cursor, mask, by: by() });
        case 'hops':
          return await reportPiece(kept, asked, 'csv');
        case 'text':
        case 'markdown':
          return await reportPiece(kept, asked, format);
      }
    },
    masked: async (asked) => await askKeeper(kept, 'masked', { ...asked, by: by() }),
    importPiece: async (piece) => {
      const told = await askKeeper(kept, 'importPiece', piece);
      if (told.ok && told.value.session !== null) kept?.recorder.onChange.emit();
      return told;
    },
    abandonImport: async (asked) => await askKeeper(kept, 'abandonImport', asked),
  };
}

/** The whole report as one piece. */
async function reportPiece(
  kept: Kept | null,
  asked: Period & { readonly sessionId: string },
  format: 'text' | 'csv' | 'markdown',
): Promise<Result<ExportPiece>> {
  const report = await askKeeper(kept, 'report', asked);
  if (!report.ok) return report;
  const { target, verdicts, rounds } = report.value;
  const message = rounds === 0 ? 'Nothing was measured in this period.' : null;
  const told = { target, report: report.value, verdicts, message, branches: null, pathMtu: null };
  const end = format === 'csv' ? '\r\n' : '\n';
  const lines = pathLines([told], format, createStyle(false), null);
  return succeed({ text: lines.map((line) => `${line}${end}`).join(''), next: null });
}
