import { LONGEST_IMPORT_PIECE } from '../../../../contract/exports.ts';
import { type Failure, fail, type Result, succeed } from '../../../../contract/failure.ts';
import type { Session } from '../../../../contract/sessions.ts';
import type { EngineClient } from '../../connection/engine-client.ts';

/** Lets a person choose a file; null when they choose none. To be called by something they did. */
export function pickFile(): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.json,.txt,.log,application/json,text/plain';
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null), { once: true });
    input.addEventListener('cancel', () => resolve(null), { once: true });
    input.click();
  });
}

/** Makes a session of a file, piece by piece: it is never one text in memory. */
export async function importFile(
  { exports }: Pick<EngineClient, 'exports'>,
  file: Pick<Blob, 'stream'>,
): Promise<Result<Session>> {
  let importId: string | null = null;
  const decoder = new TextDecoder();
  const push = async (text: string, isLast: boolean): Promise<Result<Session | null>> => {
    const told = await exports.importPiece({ importId, text, isLast });
    if (!told.ok) return told;
    ({ importId } = told.value);
    return succeed(told.value.session);
  };
  const reader = file.stream().getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const text = decoder.decode(read.value, { stream: true });
      for (let at = 0; at < text.length; at += LONGEST_IMPORT_PIECE) {
        const pushed = await push(text.slice(at, at + LONGEST_IMPORT_PIECE), false);
        if (!pushed.ok) return pushed;
      }
    }
  } catch (error) {
    if (importId !== null) await exports.abandonImport({ importId });
    return fail(unreadable(error));
  }
  const last = await push(decoder.decode(), true);
  if (!last.ok) return last;
  return last.value === null
    ? fail({ code: 'file-refused', place: 'the file', reason: 'is empty' })
    : succeed(last.value);
}

/** The browser's own name of what happened (File API §6.4). */
function unreadable(error: unknown): Failure {
  return { code: 'system-error', osCode: error instanceof Error ? error.name : 'unknown', syscall: 'read' };
}
