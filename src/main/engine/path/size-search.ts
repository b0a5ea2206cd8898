import { twoProportionTest } from '../statistics/two-proportion.ts';
import type { Reach, SizedProbes, SizeFate } from './sized-probes.ts';

/** Losses after which a size counts as too big (MAX_PROBES of RFC 8899 §5.1.2). */
const MOST_LOSSES = 3;

/** Sizes probed at once, so that a range of 1,500 is narrowed down in four steps, not in eleven. */
const SIZES_AT_ONCE = 8;

/** Probes of each of two sizes in one round of telling loss from a limit, and the most rounds. */
const PAIRS = 10;
const MOST_ROUNDS = 3;

/** Chance of error at which silence about one size and answers to another are taken for a limit. */
const SIGNIFICANCE = 0.01;

/** A path so lossy that the limit was found to be none this often is given up. */
const MOST_REVISIONS = 5;

/** How far packets come at one hop limit, and why no further. */
export interface SizeLimit {
  /** Largest packet in bytes that came there. */
  readonly largest: number;
  /**
   * Why no larger one: nothing larger was asked for; somebody said so; larger ones vanish while this size passes,
   * too often for chance; or losses that may be chance.
   */
  readonly reason: 'none' | 'refused' | 'vanishing' | 'unclear';
}

/** What to search. */
export interface SizeQuestion {
  readonly reach: Reach;
  /** A size that is known to come there. */
  readonly passing: number;
  readonly largest: number;
  /** Least MTU that the links of such a path should have; the first guess when the largest size fails. */
  readonly floor: number;
  /** Sizes at which a limit is likely, found or named elsewhere on the path. */
  readonly hints: readonly number[];
}

/**
 * The largest size that comes to a hop limit or to the destination. A size passes when a packet of it is answered, and
 * is too big when somebody says so or three in a row are lost (RFC 8899); then the limit is tried again, against the
 * size that passes, so that a lossy path is not taken for a narrow one.
 */
export async function searchSize(probes: SizedProbes, question: SizeQuestion): Promise<SizeLimit> {
  const { reach, largest } = question;
  const range = new SizeRange(question);
  await decide(probes, reach, [largest], range);
  for (let revision = 0; ; revision += 1) {
    for (let sizes = range.nextSizes(); sizes.length > 0; sizes = range.nextSizes()) {
      await decide(probes, reach, sizes, range);
    }
    if (range.passing >= largest) return { largest, reason: 'none' };
    if (range.isLimitRefused) return { largest: range.passing, reason: 'refused' };
    const finding = await tellFromLoss(probes, reach, range);
    if (finding === 'vanishing') return { largest: range.passing, reason: 'vanishing' };
    if (finding === 'unclear' || revision === MOST_REVISIONS) return { largest: range.passing, reason: 'unclear' };
  }
}

/** What is known of sizes: the largest that passes, and those above it that do not. */
class SizeRange {
  #passing: number;
  /** Sizes that did not pass, and whether somebody said so. */
  readonly #failing = new Map<number, boolean>();
  readonly #hints: Set<number>;
  readonly #floor: number;

  constructor({ passing, floor, hints }: SizeQuestion) {
    this.#passing = passing;
    this.#floor = floor;
    this.#hints = new Set(hints);
  }

  get passing(): number {
    return this.#passing;
  }

  /** Least size that does not pass; infinite while there is none. */
  get limit(): number {
    return Math.min(Number.POSITIVE_INFINITY, ...this.#failing.keys());
  }

  get isLimitRefused(): boolean {
    return this.#failing.get(this.limit) === true;
  }

  /** Notes a fate, or silence that has lasted long enough. */
  note(bytes: number, fate: SizeFate): void {
    switch (fate.kind) {
      case 'passed':
        this.#passing = Math.max(this.#passing, bytes);
        // What passes proves that everything smaller does.
        for (const size of this.#failing.keys()) if (size <= this.#passing) this.#failing.delete(size);
        return;
      case 'refused':
        if (bytes > this.#passing) this.#failing.set(bytes, true);
        if (fate.mtu !== null) this.#hints.add(fate.mtu);
        return;
      case 'silent':
        if (bytes > this.#passing && !this.#failing.has(bytes)) this.#failing.set(bytes, false);
        return;
    }
  }

  /** Sizes between the two: a likely one and the one above it, or some evenly apart; none when the two meet. */
  nextSizes(): number[] {
    if (!Number.isFinite(this.limit)) return [];
    const isOpen = (size: number) => size > this.#passing && size < this.limit;
    // A hint that passes is still one: the size above it is what proves it.
    const likely = [...this.#hints].flatMap((hint) => [hint, hint + 1]).filter(isOpen);
    if (likely.length > 0) return likely;
    const from = isOpen(this.#floor) ? this.#floor : this.#passing + 1;
    return spread(from, this.limit - 1);
  }
}

/** Sends sizes to a hop limit until each has passed or not; what one says of others spares those their probes. */
async function decide(probes: SizedProbes, reach: Reach, sizes: readonly number[], range: SizeRange): Promise<void> {
  let open = [...sizes];
  for (let attempt = 1; attempt <= MOST_LOSSES && open.length > 0; attempt += 1) {
    const fates = await probes.send(open.map((bytes) => ({ reach, bytes })));
    for (const [index, fate] of fates.entries()) {
      if (fate.kind !== 'silent') range.note(open[index] ?? 0, fate);
    }
    open = open.filter((bytes) => bytes > range.passing && bytes < range.limit);
  }
  for (const bytes of open) range.note(bytes, { kind: 'silent' });
}

/**
 * Sends as many packets of the least failing size as of the largest passing one, until chance no longer explains the
 * silence about the first, or somebody answers one or refuses it: that the range then knows.
 */
async function tellFromLoss(
  probes: SizedProbes,
  reach: Reach,
  range: SizeRange,
): Promise<'vanishing' | 'answered' | 'unclear'> {
  const { passing, limit } = range;
  let tried = 0;
  let passed = 0;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const sizes = Array.from({ length: 2 * PAIRS }, (_, index) => (index % 2 === 0 ? passing : limit));
    const fates = await probes.send(sizes.map((bytes) => ({ reach, bytes })));
    let isAnswered = false;
    for (const [index, fate] of fates.entries()) {
      if (fate.kind === 'silent') continue;
      if (sizes[index] === passing && fate.kind === 'passed') passed += 1;
      if (sizes[index] === limit) {
        range.note(limit, fate);
        isAnswered = true;
      }
    }
    tried += PAIRS;
    if (isAnswered) return 'answered';
    if (twoProportionTest(passed, tried, 0, tried).pValue < SIGNIFICANCE) return 'vanishing';
  }
  return 'unclear';
}

/** Up to SIZES_AT_ONCE whole numbers evenly apart, beginning with the first and ending before or at the last. */
function spread(from: number, to: number): number[] {
  const count = Math.min(SIZES_AT_ONCE, to - from + 1);
  const step = (to - from + 1) / count;
  return Array.from({ length: Math.max(0, count) }, (_, index) => from + Math.floor(step * index));
}
