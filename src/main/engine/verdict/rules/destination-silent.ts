import type { Verdict } from '../../../../contract/verdict.ts';
import { confidenceOfRepeats } from '../confidence.ts';
import { countEvidence, hopEvidence } from '../evidence-items.ts';
import { lossOfRoundTrip } from '../loss-count.ts';
import type { Rule } from '../path-evidence.ts';
import { mainResponder } from '../witnesses.ts';
import { counted, destinationWords, namedAddress } from '../words.ts';

/** Fewest probes without an answer that are a silence. A quick trace sends three, and three of three is all it can know. */
const LEAST_PROBES = 3;

/** A destination that never answered, as far as anybody here knows. Down or firewalled: ICMP cannot tell them apart. */
export const destinationSilent: Rule = ({ report }) => {
  const { lost, probes } = lossOfRoundTrip(report.roundTrip);
  if (report.roundTrip.received > 0 || report.destinationHopLimit !== null) return [];
  if (lost < LEAST_PROBES || lost < probes) return [];
  const last = report.hops.findLast(({ responders }) => responders.length > 0);
  const responder = last === undefined ? null : mainResponder(last);
  const who = destinationWords(report);
  const silent: Verdict['evidence'] = [countEvidence('probes to the destination without any answer', lost, probes)];
  if (last === undefined || responder === null) {
    return [
      {
        id: 'destination-silent',
        severity: 'critical',
        hopLimit: null,
        segment: null,
        sentence: `Nothing answers: neither ${who} nor any router on the way to it.`,
        confidence: confidenceOfRepeats(probes),
        surer:
          'The same measurement to another target: if that is silent too, this machine or its network is at fault.',
        evidence: [...silent, countEvidence('hops probed without any answer', report.hops.length)],
        advice: 'Check that this machine is connected, and whether a firewall or a VPN on it drops ICMP.',
      },
    ];
  }
  return [
    {
      id: 'destination-silent',
      severity: 'warning',
      hopLimit: last.hopLimit + 1,
      segment: null,
      sentence: `${who} has answered none of ${counted(lost, 'probe')}; the path answers up to hop ${last.hopLimit} (${namedAddress(responder)}) and is silent beyond.`,
      confidence: confidenceOfRepeats(probes),
      surer:
        'Whether the service itself (a web page, a game) works: ICMP cannot tell a firewall from a host that is down.',
      evidence: [...silent, hopEvidence('last hop that answers', last.hopLimit)],
      advice:
        'If the service works, a firewall drops echo requests (pings) and all is well. If not, the host is down or the path is broken behind that hop.',
    },
  ];
};
