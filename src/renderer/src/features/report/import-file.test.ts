import { describe, expect, it } from 'vitest';
import { fail, succeed } from '../../../../contract/failure.ts';
import type { EngineClient } from '../../connection/engine-client.ts';
import { importFile } from './import-file.ts';

interface Piece {
  readonly importId: string | null;
  readonly text: string;
  readonly isLast: boolean;
}

/** An engine that takes pieces; it refuses the one with such a number. */
function engine(refusedAt = -1) {
  const pieces: Piece[] = [];
  const abandoned: string[] = [];
  const client = {
    exports: {
      importPiece: async (piece: Piece) => {
        pieces.push(piece);
        if (pieces.length - 1 === refusedAt)
          return fail({ code: 'file-refused', place: 'line 1', reason: 'is no JSON' });
        return succeed({ importId: 'i', session: piece.isLast ? { sessionId: 's' } : null });
      },
      abandonImport: async ({ importId }: { importId: string }) => {
        abandoned.push(importId);
        return succeed(null);
      },
    },
  } as unknown as EngineClient;
  return { client, pieces, abandoned };
}

/** A file that comes in blocks which end anywhere, in the middle of a letter too. */
function fileOf(text: string): Pick<Blob, 'stream'> {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  const stream = () =>
    new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull: (controller) => {
        if (at >= bytes.length) controller.close();
        else controller.enqueue(bytes.slice(at, at + 100_003));
        at += 100_003;
      },
    });
  return { stream };
}

describe('importFile', () => {
  it('hands a file over in pieces, whatever its letters are, and gives the session', async () => {
    const { client, pieces } = engine();
    const text = 'ü€'.repeat(50_000);
    expect(await importFile(client, fileOf(text))).toEqual({ ok: true, value: { sessionId: 's' } });
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    expect(pieces.every((piece) => piece.text.length <= 65_536)).toBe(true);
    expect(pieces.map(({ importId }) => importId)).toEqual([null, ...pieces.slice(1).map(() => 'i')]);
    expect(pieces.map(({ isLast }) => isLast).indexOf(true)).toBe(pieces.length - 1);
  });

  it('stops where the engine refuses, with its reason', async () => {
    const { client, pieces } = engine(0);
    const told = await importFile(client, fileOf('x'.repeat(200_000)));
    expect([told.ok, pieces.length]).toEqual([false, 1]);
  });

  it('leaves nothing behind when the file cannot be read to its end', async () => {
    const { client, abandoned } = engine();
    let reads = 0;
    const stream = () =>
      new ReadableStream<Uint8Array<ArrayBuffer>>({
        pull: (controller) => {
          reads += 1;
          if (reads === 1) controller.enqueue(new TextEncoder().encode('{'));
          else controller.error(Object.assign(new Error('gone'), { name: 'NotReadableError' }));
        },
      });
    const told = await importFile(client, { stream });
    expect(told).toEqual({ ok: false, failure: { code: 'system-error', osCode: 'NotReadableError', syscall: 'read' } });
    expect(abandoned).toEqual(['i']);
  });
});
