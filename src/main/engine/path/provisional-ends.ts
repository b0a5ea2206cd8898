import type { PathRecording } from './recording.ts';

/**
 * Replies from beyond a silent hop limit that are still taken for the destination's at a place too far. Were the probe
 * that falls silent and the one that is answered equally likely to be lost, eight in a row would come once in 2^8.
 */
const MOST_REPLIES = 8;

/** A round that is over, as far as it shows where the path ends. */
export interface EndedPath {
  readonly number: number;
  /** Hop limits beyond are no part of the path. */
  readonly end: number;
  /** Hop limit at which the destination replied, or null. */
  readonly repliedAt: number | null;
  /** The router that refused, where the path ended there; or null. */
  readonly refusal: { readonly at: number } | null;
  /** Highest hop limit at which a router passed the probe no further, 0 without one. */
  readonly passedAt: number;
}

/** What the rounds since a hop limit was last heard of say of it. */
class SilentHop {
  /** The first round that went further and heard nobody from here on but the destination, or null. */
  first: number | null = null;
  /** Rounds since that the destination answered from beyond. */
  replies = 0;
  /** Rounds since that a router beyond refused. */
  refusals = 0;
  /** Whether a router here or beyond was heard last: the path was longer. */
  wasPassed = false;

  forget(wasPassed: boolean): void {
    this.first = null;
    this.replies = 0;
    this.refusals = 0;
    this.wasPassed = wasPassed;
  }

  /** Whether an end of the path here shows that it has been here since. A refusal is nothing against a reply. */
  isEndMissed(isRefusal: boolean): boolean {
    const ends = this.replies + this.refusals;
    return ends < MOST_REPLIES && !(this.wasPassed && ends === 0) && !(isRefusal && this.replies > 0);
  }
}

/**
 * Puts right what lost replies have spoilt. When the destination's answer is lost, or its probe not sent, in the round
 * that finds it, a higher hop limit passes for its place, or several do; and while it is silent, hops beyond it
 * seem to be part of the path. As soon as it answers at a lower one, the rounds in which nobody else was heard from there
 * on are cut there, however many they are. A path that was longer keeps its hops: a router of it was heard, or the
 * destination answered too often from beyond.
 */
export class ProvisionalEnds {
  readonly #recording: PathRecording;
  readonly #hops: SilentHop[] = [];

  constructor(recording: PathRecording) {
    this.#recording = recording;
  }

  /** Takes the next round that is over. */
  observe({ number, end, repliedAt, refusal, passedAt }: EndedPath): void {
    while (this.#hops.length <= end) this.#hops.push(new SilentHop());
    const endsAt = repliedAt ?? refusal?.at ?? null;
    const cut = endsAt === null || passedAt >= endsAt ? undefined : this.#hops[endsAt];
    if (endsAt !== null && cut !== undefined && cut.first !== null && cut.isEndMissed(repliedAt === null)) {
      this.#recording.recordEnd(cut.first, number, endsAt);
    }
    for (const [hopLimit, hop] of this.#hops.entries()) {
      if (hopLimit <= passedAt || hopLimit === endsAt || hopLimit > end) hop.forget(hopLimit <= passedAt);
      else if (hopLimit < end) {
        hop.first ??= number;
        if (repliedAt !== null) hop.replies += 1;
        else if (refusal !== null) hop.refusals += 1;
      }
    }
  }
}
