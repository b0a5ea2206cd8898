import { type AddressSpan, readRange } from '../../contract/address-ranges.ts';
import { type Failure, fail, type Result, succeed } from '../../contract/failure.ts';
import { type LookUp, resolveTarget } from '../names/resolve-target.ts';

/** Names that are being looked up at once. */
const LOOK_UPS_LIMIT = 16;

/** One range among the others. */
interface Place {
  /** Number of its first address. */
  readonly index: number;
  readonly span: AddressSpan;
  /** Null for a range of addresses. Of a name `span` is one address, to be known when that was looked up. */
  readonly name: string | null;
}

/** The ranges of a sweep in their order. A name is one place, whether it resolves or not. */
export interface Places {
  readonly all: readonly Place[];
  /** Addresses in all ranges. */
  readonly total: number;
}

/** A place of the ranges as it is swept. */
interface FoundPlace {
  readonly index: number;
  readonly span: AddressSpan;
  /** Whether `span` is what is meant; else nothing is to be asked there. */
  readonly isKnown: boolean;
}

/** A name without an address. */
export interface FailedName {
  /** Its place in the ranges. */
  readonly index: number;
  readonly name: string;
  readonly failure: Failure;
}

/** The places with the addresses of their names. */
export interface FoundPlaces {
  readonly spans: readonly FoundPlace[];
  /** Places of names that have no address. */
  readonly unresolved: ReadonlySet<number>;
  /** Why the first of them has none. */
  readonly firstFailure: Failure | null;
}

/** Stands for a name that is not, or not yet, looked up. */
const PLACEHOLDER: AddressSpan = { family: 4, first: 0n, count: 1, zone: null };

/** Reads ranges; `invalid-arguments` for the first that is none. */
export function readPlaces(texts: readonly string[]): Result<Places> {
  const all: Place[] = [];
  let total = 0;
  for (const text of texts) {
    const read = readRange(text);
    if (read.kind === 'wrong') return fail({ code: 'invalid-arguments', issue: read.sentence });
    const span = read.kind === 'span' ? read.span : PLACEHOLDER;
    all.push({ index: total, span, name: read.kind === 'name' ? read.name : null });
    total += span.count;
  }
  return succeed({ all, total });
}

/**
 * Looks up the names at and behind `fromIndex`; those before it are not asked for any more. `onFailed` hears of the
 * names without an address as soon as that is known, in their order. When `signal` is aborted nothing more is told, and
 * nobody waits for the result.
 */
export async function lookUpPlaces(
  deps: { readonly lookUp: LookUp },
  { all }: Places,
  wanted: { readonly fromIndex: number; readonly family: 4 | 6 | null; readonly signal: AbortSignal },
  onFailed: (failed: readonly FailedName[]) => void,
): Promise<FoundPlaces> {
  const { fromIndex, family, signal } = wanted;
  const names = all.flatMap(({ index, name }) => (name === null || index < fromIndex ? [] : [{ index, name }]));
  const known = new Map<number, AddressSpan>();
  const unresolved = new Set<number>();
  let firstFailure: Failure | null = null;
  for (let first = 0; first < names.length && !signal.aborted; first += LOOK_UPS_LIMIT) {
    const failed: FailedName[] = [];
    const batch = names.slice(first, first + LOOK_UPS_LIMIT);
    const targets = await Promise.all(batch.map(({ name }) => resolveTarget(deps, name, family, signal)));
    if (signal.aborted) break;
    targets.forEach((target, at) => {
      const place = batch[at] as (typeof batch)[number];
      if (target.ok) {
        const address = readRange(target.value.destination);
        if (address.kind === 'span') known.set(place.index, address.span);
        return;
      }
      unresolved.add(place.index);
      firstFailure ??= target.failure;
      failed.push({ ...place, failure: target.failure });
    });
    if (failed.length > 0) onFailed(failed);
  }
  const spans = all.map(({ index, span, name }) => {
    const found = name === null ? span : known.get(index);
    return { index, span: found ?? PLACEHOLDER, isKnown: found !== undefined };
  });
  return { spans, unresolved, firstFailure };
}

/** The families of what is to be asked at and behind `fromIndex`. */
export function familiesFrom(spans: readonly FoundPlace[], fromIndex: number): ReadonlyArray<4 | 6> {
  const asked = spans.filter(({ index, span, isKnown }) => isKnown && index + span.count > fromIndex);
  return [...new Set(asked.map(({ span }) => span.family))];
}
