import type { Listed } from './recorded-sessions.ts';
import type { SessionsCommand } from './sessions-arguments.ts';
import { type RunSessionsDeps, warn } from './sessions-notices.ts';

interface Asked {
  readonly sessionId: string;
  readonly fromEpochMs: number | null;
  readonly toEpochMs: number | null;
  readonly isAll?: true;
}

/**
 * What is asked for; of an incident without a period its own, which is what its line in the list tells, and that is said.
 * Figures of the calm minutes around it would make less of it than it was.
 */
export function meantPeriod<T extends Asked>(deps: RunSessionsDeps, { sessions }: Listed, asked: T): T {
  const { sessionId, fromEpochMs, toEpochMs, isAll } = asked;
  const incident = sessions.find((each) => each.sessionId === sessionId)?.incident ?? null;
  if (incident === null || isAll === true || fromEpochMs !== null || toEpochMs !== null) return asked;
  warn(deps, 'This is the period of the incident; --all has the minutes around it too.');
  return { ...asked, fromEpochMs: incident.fromEpochMs, toEpochMs: incident.toEpochMs };
}

/** The same of an export: what was measured, probe by probe, is all of the session, for it makes no figures. */
export function meantExport(
  deps: RunSessionsDeps,
  told: Listed,
  asked: Extract<SessionsCommand, { readonly action: 'export' }>,
): typeof asked {
  return asked.format === 'json' || asked.format === 'csv' ? asked : meantPeriod(deps, told, asked);
}
