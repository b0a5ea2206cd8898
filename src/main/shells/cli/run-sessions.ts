import { describeStoreTrouble } from '../../../contract/describe-store.ts';
import type { StoreState } from '../../../contract/sessions.ts';
import { pathLines } from '../../reports/path-lines.ts';
import { createStyle } from '../../reports/style.ts';
import { incidentsJson, incidentsText } from './incidents-list.ts';
import { meantExport, meantPeriod } from './meant-period.ts';
import { type Listed, readList } from './recorded-sessions.ts';
import { exportSession, importFiles } from './run-session-files.ts';
import type { SessionsCommand } from './sessions-arguments.ts';
import { sessionsJson, sessionsText } from './sessions-list.ts';
import { type RunSessionsDeps, refuse, warn } from './sessions-notices.ts';
import type { ExitCode, Terminal } from './terminal.ts';

type Action<Name extends SessionsCommand['action']> = Extract<SessionsCommand, { action: Name }>;

/** Runs `hopscope sessions`: 0 when it was done, 1 when there is no such session or nothing in the period, 2 when it cannot be. */
export async function runSessions(deps: RunSessionsDeps, command: SessionsCommand): Promise<ExitCode> {
  const { terminal } = deps;
  const told = await readStore(deps);
  if (told === null) return 2;
  switch (command.action) {
    case 'list':
      return list(terminal, command, told);
    case 'show':
      return await show(deps, meantPeriod(deps, told, command));
    case 'export':
      return await exportSession(deps, { ...meantExport(deps, told, command), mask: null });
    case 'import':
      return told.store.mode === 'writing'
        ? await importFiles(deps, command.paths)
        : refuseWriting(deps, told.store, 'Nothing was imported.');
    case 'delete':
      return await remove(deps, command, told);
  }
}

/** The sessions as they are now; null, which is told, when they are out of reach. */
export async function readStore(deps: RunSessionsDeps): Promise<Listed | null> {
  const told = await readList(deps.client);
  const trouble = told === null ? 'The file of sessions cannot be read.' : describeStoreTrouble(told.store);
  if (told === null || isOutOfReach(told.store)) {
    warn(deps, trouble ?? 'The file of sessions cannot be read.');
    return null;
  }
  // That another program records is no trouble to who reads.
  if (trouble !== null && told.store.trouble?.kind !== 'in-use') warn(deps, trouble);
  return told;
}

/** Nothing can be read; where another program runs and has written nothing yet, there is just nothing. */
function isOutOfReach({ file, trouble }: StoreState): boolean {
  return file === null && trouble !== null && trouble.kind !== 'in-use';
}

function list(terminal: Terminal, { isJson, areIncidents }: Action<'list'>, { sessions, store }: Listed): ExitCode {
  const style = createStyle(terminal.isColoured);
  const incidents = sessions.filter(({ incident }) => incident !== null);
  const asJson = () => (areIncidents ? incidentsJson(incidents) : sessionsJson(sessions));
  const asText = () => (areIncidents ? incidentsText(incidents, style) : sessionsText(sessions, store, style));
  const lines = isJson ? [asJson()] : asText();
  for (const line of lines) terminal.print(line);
  return 0;
}

async function show(
  deps: RunSessionsDeps,
  { sessionId, fromEpochMs, toEpochMs, format }: Action<'show'>,
): Promise<ExitCode> {
  const { client, terminal } = deps;
  const report = await client.sessions.report({ sessionId, fromEpochMs, toEpochMs, lastMs: null });
  if (!report.ok) return refuse(deps, report.failure);
  const { target, verdicts, rounds } = report.value;
  const message = rounds === 0 ? 'Nothing was measured in this period.' : null;
  const told = { target, report: report.value, verdicts, message, branches: null, pathMtu: null };
  for (const line of pathLines([told], format, createStyle(terminal.isColoured), terminal.columns)) {
    terminal.print(line);
  }
  if (message === null) return 0;
  if (format !== 'json') warn(deps, message);
  return 1;
}

async function remove(
  deps: RunSessionsDeps,
  { sessionIds }: Action<'delete'>,
  { sessions, store }: Listed,
): Promise<ExitCode> {
  // What was deleted before is no longer listed, but the engine could still take it back.
  const missing = sessionIds.find((id) => sessions.every(({ sessionId }) => sessionId !== id));
  if (missing !== undefined) return refuse(deps, { code: 'not-found', what: 'session', id: missing });
  if (store.mode !== 'writing') return refuseWriting(deps, store, 'Nothing was deleted.');
  const removed = await deps.client.sessions.remove({ sessionIds: [...sessionIds] });
  if (!removed.ok) return refuse(deps, removed.failure);
  const what = sessionIds.length === 1 ? 'One session' : `${sessionIds.length.toLocaleString('en')} sessions`;
  deps.terminal.print(`${what} deleted. The bytes leave the disk a day from now, or when Hopscope runs after that.`);
  return 0;
}

function refuseWriting(deps: RunSessionsDeps, store: StoreState, what: string): ExitCode {
  const why = describeStoreTrouble(store) ?? 'The file of sessions cannot be written.';
  const cure = store.trouble?.kind === 'in-use' ? ' End it first.' : '';
  warn(deps, `${what} ${why}${cure}`);
  return 2;
}
