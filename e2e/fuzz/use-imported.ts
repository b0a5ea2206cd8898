import type { Client } from '../../src/contract/client.ts';
import {
  EXPORT_FORMATS,
  type ExportCursor,
  type ExportFormat,
  LONGEST_IMPORT_PIECE,
} from '../../src/contract/exports.ts';
import type { Result } from '../../src/contract/failure.ts';
import type { HopscopeContract } from '../../src/contract/index.ts';
import type { Session } from '../../src/contract/sessions.ts';
import { hasSteering } from './steering.ts';

const WHOLE = { fromEpochMs: null, toEpochMs: null, lastMs: null } as const;

const MOST_ROUNDS = 2_000;

/**
 * Does with every session of the store what a person would: looks at it, exports it in every form, imports it again, and
 * removes it.
 * @throws {Error} when any of that does not work
 */
export async function useImported(client: Client<HopscopeContract>, list: () => readonly Session[]): Promise<void> {
  for (const { sessionId, rounds } of list()) {
    demand('report', await client.sessions.report({ sessionId, ...WHOLE }));
    demand('timeline', await client.sessions.timeline({ sessionId, hopLimit: 0, columns: 100, ...WHOLE }));
    demand('routes', await client.sessions.routes({ sessionId }));
    demand('comments', await client.sessions.comments({ sessionId }));
    const period = { sessionId, ...WHOLE };
    demand('compare', await client.sessions.compare({ before: period, after: period }));
    const mask = { ownAddresses: true, firstHops: 3, addresses: [] };
    demand('masked', await client.exports.masked({ ...period, mask }));
    // A log of a few lines can claim so much that all forms of it are megabytes.
    for (const format of rounds > MOST_ROUNDS ? (['text'] as const) : EXPORT_FORMATS) {
      const text = await exported(client, sessionId, format);
      if (hasSteering(text)) throw new Error(`Exported as ${format}, it has controls in it`);
      if (format === 'html' && /<script>alert|<img src=x/i.test(text))
        throw new Error('Exported as HTML, it has its markup');
      if (format === 'json') await importAgain(client, text);
    }
  }
  for (const { sessionId } of list()) {
    demand('remove', await client.sessions.remove({ sessionIds: [sessionId] }));
  }
}

async function exported(client: Client<HopscopeContract>, sessionId: string, format: ExportFormat): Promise<string> {
  const texts: string[] = [];
  let cursor: ExportCursor | null = null;
  do {
    const piece: { text: string; next: ExportCursor | null } = demand(
      `export as ${format}`,
      await client.exports.piece({ sessionId, ...WHOLE, format, cursor }),
    );
    texts.push(piece.text);
    cursor = piece.next;
  } while (cursor !== null);
  return texts.join('');
}

async function importAgain(client: Client<HopscopeContract>, text: string): Promise<void> {
  let importId: string | null = null;
  for (let at = 0; at <= text.length; at += LONGEST_IMPORT_PIECE) {
    const isLast = at + LONGEST_IMPORT_PIECE > text.length;
    const piece: { importId: string } = demand(
      'import of the export',
      await client.exports.importPiece({ importId, text: text.slice(at, at + LONGEST_IMPORT_PIECE), isLast }),
    );
    importId = piece.importId;
  }
}

function demand<T>(what: string, told: Result<T>): T {
  if (!told.ok) throw new Error(`Of what was taken, the ${what} does not work: ${JSON.stringify(told.failure)}`);
  return told.value;
}
