import type { Verdict } from '../../../../contract/verdict.ts';
import { countEvidence } from '../evidence-items.ts';
import { lossOfHop } from '../loss-count.ts';
import type { Rule } from '../path-evidence.ts';
import { counted } from '../words.ts';

/** Share of all probes from which on the drops blur the figures: as much as the least loss that is told. */
const FELT_SHARE = 0.005;

/** Answers that arrived at this machine and were dropped there, because its own buffer was full. */
export const localDrops: Rule = ({ report }) => {
  const drops = report.localDrops;
  const heard = report.hops.filter(({ responders }) => responders.length > 0);
  const lost = heard.reduce((sum, { statistics }) => sum + lossOfHop(statistics).lost, 0);
  // They are counted since the measurement began: a period without a loss had none of them.
  if (drops === 0 || lost === 0) return [];
  const sent = report.hops.reduce((sum, { statistics }) => sum + statistics.sent, 0);
  const verdict: Verdict = {
    id: 'local-drops',
    severity: Math.min(drops, lost) >= FELT_SHARE * sent ? 'warning' : 'info',
    hopLimit: null,
    segment: 'local',
    sentence: `This machine itself dropped ${counted(drops, 'answer')} before reading ${drops === 1 ? 'it' : 'them'}, so some of the loss shown here may not be the network's.`,
    confidence: 'high',
    surer: null,
    evidence: [
      countEvidence('answers dropped by this machine since the measurement began', drops),
      countEvidence('probes sent to all hops in the period', sent),
    ],
    advice: 'Close what keeps this machine busy, or probe fewer targets or less often, and measure again.',
  };
  return [verdict];
};
