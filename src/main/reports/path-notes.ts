import { describeIcmpError } from '../../contract/describe-icmp-error.ts';
import { escapeControls } from '../../contract/escape-controls.ts';
import type { Responder } from '../../contract/path.ts';
import type { PathRow } from './path-rows.ts';

/** What a responder told besides its times: labels, its refusal, an MTU, answers that came late, twice or overtaken. */
export function notesOf(row: PathRow, family: 4 | 6): string[] {
  if (row.kind !== 'hop' && row.kind !== 'branch') return [];
  const { mpls, mtuBytes, interfaceName, isQuoteAltered } = row.responder;
  const refusal = refusalOf(row.responder, family);
  return [
    ...mpls.map(
      ({ label, trafficClass, isBottom, ttl }) =>
        `MPLS label ${label}, class ${trafficClass}, bottom ${isBottom ? 1 : 0}, TTL ${ttl}`,
    ),
    ...(refusal === null ? [] : [refusal]),
    ...(mtuBytes === null ? [] : [`next link takes ${mtuBytes} bytes`]),
    ...(interfaceName === null ? [] : [`interface ${escapeControls(interfaceName)}`]),
    ...(isQuoteAltered === true ? ['address translation before this hop'] : []),
    ...oddAnswers(row),
  ];
}

/** Answers that are no loss and yet not as they should be. */
function oddAnswers({ statistics: { late, duplicates, reordered } }: PathRow): string[] {
  const counts = [
    ...(late === 0 ? [] : [`${late} late`]),
    ...(duplicates === 0 ? [] : [`${duplicates} twice`]),
    ...(reordered === 0 ? [] : [`${reordered} out of order`]),
  ];
  return counts.length === 0 ? [] : [`answers: ${counts.join(', ')}`];
}

/** What its last answer was, unless it was what a hop on the way (time exceeded) or a destination (echo reply) says. */
function refusalOf(responder: Responder, family: 4 | 6): string | null {
  const { icmpType, icmpCode, address, mtuBytes } = responder;
  if (icmpType === null) return null;
  const [echoReply, timeExceeded] = family === 4 ? [0, 11] : [129, 3];
  if (icmpType === echoReply || icmpType === timeExceeded) return null;
  const { title } = describeIcmpError({
    family,
    icmpType,
    icmpCode,
    responder: address,
    fromThisMachine: false,
    mtuBytes,
  });
  return `${title} (type ${icmpType}, code ${icmpCode ?? 'not told'})`;
}
