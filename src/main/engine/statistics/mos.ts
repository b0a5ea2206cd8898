import type { Milliseconds } from '../../../contract/units.ts';

/** What an opinion score is estimated from, over one period. */
export interface CallQuality {
  /** Mean round trip. */
  readonly meanRtt: Milliseconds;
  /** Mean absolute difference of consecutive round trips. */
  readonly jitter: Milliseconds;
  /** 0 to 1. */
  readonly lossRatio: number;
}

/** R of a connection with the default values of ITU-T G.107 and no impairment beside those estimated here. */
const BEST_RATING = 93.2;

/** Delay in milliseconds that a codec adds, as both formulas assume. */
const CODEC_DELAY = 10;

/**
 * Packet-loss robustness of G.711 with packet-loss concealment under random loss (ITU-T G.113, appendix I); its
 * equipment impairment without loss is 0.
 */
const ROBUSTNESS = 25.1;

/** Greatest equipment impairment in the formula of G.107 for loss. */
const GREATEST_IMPAIRMENT = 95;

/** One-way delay in milliseconds above which a conversation suffers noticeably more. */
const NOTICED_DELAY = 177.3;

/**
 * Mean opinion score, 1 to about 4.4, estimated by the E-model (ITU-T G.107) for G.711 with packet-loss concealment.
 * One way is taken as half a round trip plus twice the jitter, for the buffer that hides it, plus 10 ms of codec; the
 * delay impairment is the fit of Cole and Rosenbluth, "Voice over IP performance monitoring" (2001).
 */
export function meanOpinionScore({ meanRtt, jitter, lossRatio }: CallQuality): number {
  const delay = meanRtt / 2 + 2 * jitter + CODEC_DELAY;
  const delayImpairment = 0.024 * delay + 0.11 * Math.max(0, delay - NOTICED_DELAY);
  const lossPercent = 100 * lossRatio;
  const lossImpairment = (GREATEST_IMPAIRMENT * lossPercent) / (lossPercent + ROBUSTNESS);
  return scoreOf(BEST_RATING - delayImpairment - lossImpairment);
}

/**
 * Mean opinion score, 1 to about 4.4, by the formula that PingPlotter publishes, for comparison with its figures. It
 * takes the whole round trip for the delay and 2.5 points of R for each percent of loss.
 */
export function meanOpinionScorePingPlotter({ meanRtt, jitter, lossRatio }: CallQuality): number {
  const delay = meanRtt + 2 * jitter + CODEC_DELAY;
  const rating = delay < 160 ? BEST_RATING - delay / 40 : BEST_RATING - (delay - 120) / 10;
  return scoreOf(rating - 2.5 * 100 * lossRatio);
}

/** Opinion score of a rating R (ITU-T G.107, annex B); R is cut to 0 to 100 first. */
function scoreOf(rating: number): number {
  const within = Math.min(100, Math.max(0, rating));
  return 1 + 0.035 * within + 7e-6 * within * (within - 60) * (100 - within);
}
