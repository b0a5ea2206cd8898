import { escapeControls } from '../../../contract/escape-controls.ts';
import type { ReportCommand } from './report-arguments.ts';
import { exportSession } from './run-session-files.ts';
import { readStore } from './run-sessions.ts';
import { type RunSessionsDeps, refuse } from './sessions-notices.ts';
import type { ExitCode } from './terminal.ts';

/** Runs `hopscope report`, and says on standard error what was masked. */
export async function runReport(deps: RunSessionsDeps, command: ReportCommand): Promise<ExitCode> {
  const { client, terminal } = deps;
  if ((await readStore(deps)) === null) return 2;
  const { sessionId, fromEpochMs, toEpochMs, mask } = command;
  const masked =
    mask === null ? null : await client.exports.masked({ sessionId, fromEpochMs, toEpochMs, lastMs: null, mask });
  if (masked?.ok === false) return refuse(terminal, masked.failure);
  const code = await exportSession(deps, { ...command, format: 'html' });
  if (code !== 0 || masked === null) return code;
  const { addresses } = masked.value;
  if (addresses.length === 0) terminal.warn('hopscope report: Nothing in it had to be masked.');
  for (const { label, address, name } of addresses) {
    terminal.warn(escapeControls(`hopscope report: ${label} is ${name === null ? address : `${name} (${address})`}`));
  }
  return code;
}
