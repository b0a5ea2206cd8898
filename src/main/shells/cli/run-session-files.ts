import { describeFailure } from '../../../contract/describe-failure.ts';
import { escapeControls } from '../../../contract/escape-controls.ts';
import { type ExportCursor, type ExportFormat, LONGEST_IMPORT_PIECE } from '../../../contract/exports.ts';
import { type Result, succeed } from '../../../contract/failure.ts';
import { formatInstant } from '../../../contract/instants.ts';
import type { MaskOptions } from '../../../contract/privacy-mask.ts';
import type { Session } from '../../../contract/sessions.ts';
import { withLocalTimes } from '../../reports/local-times.ts';
import type { NewFile } from './files.ts';
import { quote } from './option-table.ts';
import { type RunSessionsDeps, refuse, warn } from './sessions-notices.ts';
import type { ExitCode, Terminal } from './terminal.ts';

/** What is to be written, and where. */
export interface ExportOrder {
  readonly sessionId: string;
  readonly fromEpochMs: number | null;
  readonly toEpochMs: number | null;
  readonly format: ExportFormat;
  readonly mask: MaskOptions | null;
  /** Null: standard output. */
  readonly output: string | null;
  /** Whether a file that is there may be replaced. */
  readonly isReplacing: boolean;
}

/** Writes a session piece by piece, so that its length does not matter. A file that cannot be finished is not left behind. */
export async function exportSession(deps: RunSessionsDeps, command: ExportOrder): Promise<ExitCode> {
  const { output, isReplacing } = command;
  // Asked for before the file is begun: of a session that is not there nothing is left.
  const first = await askPiece(deps, command, null);
  if (!first.ok) return refuse(deps, first.failure);
  if (output === null) return await pourOut(deps, command, first.value, printed(deps.terminal));
  try {
    const file = await deps.files.create(output, isReplacing);
    try {
      const code = await pourOut(deps, command, first.value, (text) => file.write(text));
      await (code === 0 ? file.close() : file.discard());
      return code;
    } catch (error) {
      await discarded(file);
      throw error;
    }
  } catch (error) {
    warn(deps, notWritten(output, codeOf(error)));
    return 2;
  }
}

function notWritten(path: string, osCode: string): string {
  switch (osCode) {
    case 'EEXIST':
      return `${quote(path)} is there already; give --overwrite to replace it.`;
    case 'ENOSPC':
    case 'EDQUOT':
      return `The disk is full (${osCode}), so ${quote(path)} was not written.`;
    default:
      return `${quote(path)} could not be written (${osCode}).`;
  }
}

async function discarded(file: NewFile): Promise<void> {
  try {
    await file.discard();
  } catch {
    // That it could not be written is told already.
  }
}

function askPiece({ client }: RunSessionsDeps, command: ExportOrder, cursor: ExportCursor | null) {
  const { sessionId, fromEpochMs, toEpochMs, format, mask } = command;
  return client.exports.piece({ sessionId, fromEpochMs, toEpochMs, lastMs: null, format, mask, cursor });
}

async function pourOut(
  deps: RunSessionsDeps,
  command: ExportOrder,
  first: { readonly text: string; readonly next: ExportCursor | null },
  write: (text: string) => Promise<void>,
): Promise<ExitCode> {
  await write(first.text);
  let { next } = first;
  while (next !== null && !deps.terminal.outputLost.aborted) {
    if (deps.terminal.interrupted.aborted) {
      warn(deps, 'It was stopped before its end.');
      return 2;
    }
    const piece = await askPiece(deps, command, next);
    if (!piece.ok) return refuse(deps, piece.failure);
    await write(piece.value.text);
    ({ next } = piece.value);
  }
  return 0;
}

/** To standard output; lines end as they are. */
function printed(terminal: Terminal): (text: string) => Promise<void> {
  return async (text) => {
    if (!terminal.outputLost.aborted && text !== '') terminal.print(text.endsWith('\n') ? text.slice(0, -1) : text);
  };
}

/** Makes a session of each file; one that is refused keeps no other from becoming one. */
export async function importFiles(deps: RunSessionsDeps, paths: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = 0;
  for (const path of paths) {
    const refused = await importFile(deps, path);
    if (refused === null) continue;
    warn(deps, `${path}: ${refused}`);
    code = 2;
  }
  return code;
}

/** Gives why nothing was imported, or null. */
async function importFile({ client, files, terminal }: RunSessionsDeps, path: string): Promise<string | null> {
  let importId: string | null = null;
  const push = async (text: string, isLast: boolean): Promise<Result<Session | null>> => {
    const told = await client.exports.importPiece({ importId, text, isLast });
    if (!told.ok) return told;
    ({ importId } = told.value);
    return succeed(told.value.session);
  };
  const abandon = async () => {
    if (importId !== null) await client.exports.abandonImport({ importId });
  };
  try {
    for await (const text of files.readPieces(path, LONGEST_IMPORT_PIECE)) {
      if (terminal.interrupted.aborted) {
        await abandon();
        return 'It was stopped, and nothing was imported.';
      }
      const pushed = await push(text, false);
      if (!pushed.ok) return describeFailure(pushed.failure, 'other').sentence;
    }
  } catch (error) {
    const osCode = codeOf(error);
    await abandon();
    return osCode === 'ENOENT' ? 'There is no such file.' : `The file could not be read (${osCode}).`;
  }
  const told = await push('', true);
  if (!told.ok) return describeFailure(told.failure, 'other').sentence;
  if (told.value === null) return 'Nothing was in it.';
  for (const line of withLocalTimes([imported(path, told.value)])) terminal.print(line);
  return null;
}

/** The system's name of an error. @throws the error itself when it is none of the system's */
function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code);
  throw error;
}

function imported(path: string, { sessionId, target, rounds, fromEpochMs, toEpochMs }: Session): string {
  const when =
    fromEpochMs === null || toEpochMs === null ? '' : `, ${formatInstant(fromEpochMs)} to ${formatInstant(toEpochMs)}`;
  const what = `${rounds.toLocaleString('en')} rounds to ${target}${when}`;
  return escapeControls(`${path}: imported as session ${sessionId} (${what}).`);
}
