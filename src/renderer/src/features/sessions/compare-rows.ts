import type { ComparedHop, Comparison, Difference } from '../../../../contract/comparison.ts';
import { formatLoss } from '../../format/loss.ts';
import { formatRtt, NO_VALUE } from '../../format/rtt.ts';

/** What the comparison says in its table. Pure: the same comparison gives the same rows. */

export interface CompareRow {
  readonly key: string;
  /** `3`, `3 → 4`, `– → 4`, or empty for the round trip. */
  readonly hop: string;
  /** Who answered there, in both or before and after: by name where one is known. */
  readonly host: string;
  /** The addresses behind these names; empty where the host is told by its addresses. */
  readonly addresses: string;
  readonly isHostChanged: boolean;
  readonly loss: CompareCells;
  readonly rtt: CompareCells;
}

/** One number in both periods, its difference with the 95 % interval, and what a test says of that. */
export interface CompareCells {
  readonly before: string;
  readonly after: string;
  readonly difference: string;
  /** Empty where there is no interval. */
  readonly interval: string;
  readonly chance: string;
  /** Whether the difference is told from chance, and which way it goes. */
  readonly change: 'better' | 'worse' | null;
}

export function compareRows({ hops, roundTrip, names }: Comparison): readonly CompareRow[] {
  const nameByAddress = new Map(names.map(({ address, name }) => [address, name]));
  return [
    ...hops.map((hop, place) => compareRow(hop, `hop ${place}`, nameByAddress)),
    {
      ...compareRow(roundTrip, 'round trip', nameByAddress),
      hop: '',
      host: 'Round trip',
      addresses: '',
      isHostChanged: false,
    },
  ];
}

function compareRow(hop: ComparedHop, key: string, names: ReadonlyMap<string, string>): CompareRow {
  const { beforeHopLimit, afterHopLimit, beforeAddresses, afterAddresses, before, after, loss, rtt } = hop;
  const changed = (told: (hopLimit: number | null, addresses: readonly string[]) => string) => {
    const [was, is] = [told(beforeHopLimit, beforeAddresses), told(afterHopLimit, afterAddresses)];
    return was === is ? was : `${was} → ${is}`;
  };
  const host = changed((hopLimit, addresses) =>
    hostOf(
      hopLimit,
      addresses.map((address) => names.get(address) ?? address),
    ),
  );
  const byAddress = changed(hostOf);
  return {
    key,
    hop:
      beforeHopLimit === afterHopLimit
        ? String(beforeHopLimit ?? '')
        : `${beforeHopLimit ?? NO_VALUE} → ${afterHopLimit ?? NO_VALUE}`,
    host,
    addresses: host === byAddress ? '' : byAddress,
    isHostChanged: hostOf(beforeHopLimit, beforeAddresses) !== hostOf(afterHopLimit, afterAddresses),
    loss: {
      before: formatLoss(before?.lossRatio ?? null),
      after: formatLoss(after?.lossRatio ?? null),
      difference: loss.value === null ? NO_VALUE : `${signedPoints(loss.value)} points`,
      interval: intervalOf(loss, signedPoints),
      chance: chanceWords(loss.pValue),
      change: changeOf(loss),
    },
    rtt: {
      before: formatRtt(before?.rttMs.p50 ?? null),
      after: formatRtt(after?.rttMs.p50 ?? null),
      difference: rtt.value === null ? NO_VALUE : `${signedMs(rtt.value)} ms`,
      interval: intervalOf(rtt, signedMs),
      chance: chanceWords(rtt.pValue),
      change: changeOf(rtt),
    },
  };
}

function hostOf(hopLimit: number | null, addresses: readonly string[]): string {
  if (hopLimit === null) return 'no such hop';
  return addresses.length === 0 ? 'silent' : addresses.join(', ');
}

/** So probable or less, and a difference is hardly chance; as the sentence of conclusion has it. */
const HARDLY_CHANCE = 0.01;

function changeOf({ value, pValue }: Difference): CompareCells['change'] {
  if (value === null || value === 0 || pValue === null || pValue > HARDLY_CHANCE) return null;
  return value < 0 ? 'better' : 'worse';
}

/** How probable so great a difference would be if nothing had changed, in words and as the number that they rest on. */
export function chanceWords(pValue: number | null): string {
  if (pValue === null) return 'too few probes to tell';
  if (pValue < 0.001) return 'not chance (p < 0.001)';
  const p = `p = ${pValue < 0.01 ? pValue.toFixed(3) : pValue.toFixed(2)}`;
  if (pValue <= HARDLY_CHANCE) return `hardly chance (${p})`;
  return pValue <= 0.05 ? `perhaps chance (${p})` : `may well be chance (${p})`;
}

function intervalOf({ low, high }: Difference, inWords: (value: number) => string): string {
  return low === null || high === null ? '' : `${inWords(low)} to ${inWords(high)}`;
}

function signedPoints(ratio: number): string {
  return signed(100 * ratio, 1);
}

function signedMs(ms: number): string {
  return signed(ms, Math.abs(ms) < 0.995 ? 2 : Math.abs(ms) < 99.5 ? 1 : 0);
}

function signed(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  if (Number(text) === 0) return text;
  return `${value < 0 ? '−' : '+'}${text}`;
}
