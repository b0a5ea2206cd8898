import { createHash } from 'node:crypto';
import { MOST_ATTACHED_PROBES } from '../../../contract/exports.ts';
import { maskedHead, maskedReport } from '../../../contract/masked-report.ts';
import { NO_MASK } from '../../../contract/privacy-mask.ts';
import type { MomentComment } from '../../../contract/sessions.ts';
import { MOST_TIMELINE_COLUMNS } from '../../../contract/timeline.ts';
import type { Clock } from '../../base/clock.ts';
import { embeddedData, reportHtmlBegin, reportHtmlEnd } from '../../reports/html/report-html.ts';
import { timelineOf } from '../period.ts';
import type { ExportPiece } from '../sessions/keeper-calls.ts';
import type { KeptSession } from '../sessions/kept-session.ts';
import { reportOfSession } from '../sessions/session-summary.ts';
import { type ExportOrder, exportedRounds, exportPiece, maskOf } from './session-exports.ts';
import { headOfSession } from './session-head.ts';

/** The next piece of the report in one file: first all that is shown, then the raw data, then what closes it. */
export function reportPiece(
  { clock }: { readonly clock: Clock },
  kept: KeptSession,
  comments: readonly MomentComment[],
  asked: ExportOrder,
): ExportPiece {
  const { cursor } = asked;
  if (cursor !== null) return dataPiece(kept, comments, asked, '');
  const rounds = exportedRounds(kept, asked);
  const head = headOfSession(kept, comments, rounds);
  const mask = asked.mask === null ? NO_MASK : maskOf(head, asked.mask, asked.by);
  const shown = maskedHead(head, mask);
  const report = reportOfSession(kept, asked);
  const now = kept.measured.sessionNow();
  const hopLimits = [0, ...report.hops.map(({ hopLimit }) => hopLimit)];
  const probes = report.hops.reduce((sum, { statistics }) => sum + statistics.sent, report.roundTrip.sent);
  const isAttached = probes <= MOST_ATTACHED_PROBES;
  const told = {
    report: maskedReport({ ...report, simulated: head.simulated }, mask),
    timelines: hopLimits.map((hopLimit) =>
      timelineOf(kept.recording, now, { ...asked, hopLimit, columns: MOST_TIMELINE_COLUMNS }),
    ),
    name: shown.name,
    comment: shown.comment,
    comments: shown.comments,
    happenings: shown.happenings ?? [],
    incident: shown.incident ?? null,
    masked: mask.masked,
    madeAtEpochMs: clock.wallNow(),
    version: asked.by.version,
    rawData: isAttached ? { fileName: `hopscope-${kept.row.id}.json` } : { missing: missing(probes) },
  };
  const begin = reportHtmlBegin({ sha256 }, told);
  return isAttached ? dataPiece(kept, comments, asked, begin) : { text: begin + reportHtmlEnd(false), next: null };
}

function missing(probes: number): string {
  return `This period has ${probes.toLocaleString('en')} probes, too many to go into this file (${MOST_ATTACHED_PROBES.toLocaleString('en')}). A report of a shorter period holds them.`;
}

function dataPiece(
  kept: KeptSession,
  comments: readonly MomentComment[],
  asked: ExportOrder,
  begin: string,
): ExportPiece {
  const { text, next } = exportPiece(kept, comments, { ...asked, format: 'json' });
  return { text: `${begin}${embeddedData(text)}${next === null ? reportHtmlEnd(true) : ''}`, next };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
