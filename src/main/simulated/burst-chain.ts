import type { LossBursts } from '../../contract/scenario-properties.ts';
import { mix, share } from './keyed-chance.ts';

/**
 * A link that is good and bad by turns (Gilbert and Elliott's model in continuous time). Its times follow from the key
 * alone, so it is the same for all that crosses and whoever asks.
 */
export class BurstChain {
  readonly #meanGoodMs: number;
  readonly #meanBadMs: number;
  readonly #goodLoss: number;
  readonly #badLoss: number;
  #state: number;
  #isBad = false;
  #untilMs: number;

  /** It begins good, at `fromMs`. */
  constructor(bursts: LossBursts, key: number, fromMs: number) {
    this.#meanGoodMs = bursts.meanGoodS * 1000;
    this.#meanBadMs = bursts.meanBadS * 1000;
    this.#goodLoss = bursts.goodLossRatio ?? 0;
    this.#badLoss = bursts.badLossRatio ?? 1;
    this.#state = mix(key);
    this.#untilMs = fromMs + this.#length(this.#meanGoodMs);
  }

  /** Loss ratio at a moment; moments must not go back. */
  lossAt(nowMs: number): number {
    while (nowMs >= this.#untilMs) {
      this.#isBad = !this.#isBad;
      this.#untilMs += this.#length(this.#isBad ? this.#meanBadMs : this.#meanGoodMs);
    }
    return this.#isBad ? this.#badLoss : this.#goodLoss;
  }

  #length(meanMs: number): number {
    this.#state = mix(this.#state + 0x9e3779b9);
    return -meanMs * Math.log(1 - share(this.#state));
  }
}
