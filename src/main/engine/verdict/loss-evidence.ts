import type { Verdict } from '../../../contract/verdict.ts';
import { hopEvidence, ratioEvidence } from './evidence-items.ts';
import type { CarriedLoss } from './loss-start.ts';
import { placeOf } from './witnesses.ts';

/** The numbers that a carried loss rests on. */
export function evidenceOfLoss({
  first,
  before,
  bearers,
  last,
  loss,
  lossBefore,
  destination,
  plausible,
}: CarriedLoss): Verdict['evidence'] {
  const others =
    bearers.length > 1
      ? [ratioEvidence(`loss from hop ${first.hopLimit} to ${placeOf(last)}, all hops together`, loss)]
      : [];
  const near =
    before === null ? [] : [ratioEvidence(`loss up to hop ${before.hopLimit}, all hops together`, lossBefore)];
  const [earliest, latest] = plausible;
  const range =
    earliest === latest
      ? []
      : [
          hopEvidence('nearest hop at which it may start', earliest.hopLimit),
          hopEvidence('farthest hop at which it may start', latest.hopLimit),
        ];
  return [
    ratioEvidence('loss at the destination', destination),
    ...(first.isDestination ? [] : [ratioEvidence(`loss at hop ${first.hopLimit}`, first)]),
    ...(last.isDestination || last === first ? [] : [ratioEvidence(`loss at hop ${last.hopLimit}`, last)]),
    ...others,
    ...near,
    ...range,
  ];
}
