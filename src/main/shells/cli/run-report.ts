import { meantPeriod } from './meant-period.ts';
import type { ReportCommand } from './report-arguments.ts';
import { exportSession } from './run-session-files.ts';
import { readStore } from './run-sessions.ts';
import { type RunSessionsDeps, refuse, warn } from './sessions-notices.ts';
import type { ExitCode } from './terminal.ts';

/** Runs `hopscope report`, and says on standard error what was masked. */
export async function runReport(deps: RunSessionsDeps, command: ReportCommand): Promise<ExitCode> {
  const { client } = deps;
  const told = await readStore(deps);
  if (told === null) return 2;
  const { mask } = command;
  const { sessionId, fromEpochMs, toEpochMs } = meantPeriod(deps, told, command);
  const masked =
    mask === null ? null : await client.exports.masked({ sessionId, fromEpochMs, toEpochMs, lastMs: null, mask });
  if (masked?.ok === false) return refuse(deps, masked.failure);
  const code = await exportSession(deps, { ...command, fromEpochMs, toEpochMs, format: 'html' });
  if (code !== 0 || masked === null) return code;
  const { addresses } = masked.value;
  if (addresses.length === 0) warn(deps, 'Nothing in it had to be masked.');
  for (const { label, address, name } of addresses) {
    warn(deps, `${label} is ${name === null ? address : `${name} (${address})`}`);
  }
  return code;
}
