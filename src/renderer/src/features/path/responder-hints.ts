import { describeIcmpError } from '../../../../contract/describe-icmp-error.ts';
import type { Responder } from '../../../../contract/path.ts';
import { formatQuantity } from '../../format/count.ts';

/** What a responder told besides its times, in a word, and what that means. */
export interface ResponderHint {
  readonly word: string;
  readonly meaning: string;
  /** Whether it may be what hurts. */
  readonly isTrouble: boolean;
}

export function responderHints(responder: Responder, family: 4 | 6): readonly ResponderHint[] {
  const { mpls, mtuBytes, interfaceName, isQuoteAltered } = responder;
  const refusal = refusalOf(responder, family);
  return [
    ...(refusal === null ? [] : [refusal]),
    ...(mtuBytes === null
      ? []
      : [
          {
            word: `MTU ${mtuBytes}`,
            meaning: `It said that its next link takes packets of at most ${formatQuantity(mtuBytes, 'byte')}.`,
            isTrouble: false,
          },
        ]),
    ...(isQuoteAltered === true
      ? [
          {
            word: 'NAT',
            meaning: 'The probe that it quotes is not as it was sent: addresses are translated before this hop.',
            isTrouble: false,
          },
        ]
      : []),
    ...(mpls.length === 0
      ? []
      : [
          {
            word: 'MPLS',
            meaning: `It stands in a label-switched tunnel, whose other routers may not show. Top first: ${mpls
              .map(({ label, trafficClass, ttl }) => `label ${label}, class ${trafficClass}, TTL ${ttl}`)
              .join('; ')}.`,
            isTrouble: false,
          },
        ]),
    ...(interfaceName === null
      ? []
      : [{ word: interfaceName, meaning: `The probe came in by its interface ${interfaceName}.`, isTrouble: false }]),
  ];
}

/** Its last answer, unless it was what a hop on the way (time exceeded) or a destination (echo reply) says. */
function refusalOf({ icmpType, icmpCode, address, mtuBytes }: Responder, family: 4 | 6): ResponderHint | null {
  if (icmpType === null) return null;
  const [echoReply, timeExceeded] = family === 4 ? [0, 11] : [129, 3];
  if (icmpType === echoReply || icmpType === timeExceeded) return null;
  const { title, sentence } = describeIcmpError({
    family,
    icmpType,
    icmpCode,
    responder: address,
    fromThisMachine: false,
    mtuBytes,
  });
  return { word: title, meaning: `${sentence} (type ${icmpType}, code ${icmpCode ?? 'not told'})`, isTrouble: true };
}
