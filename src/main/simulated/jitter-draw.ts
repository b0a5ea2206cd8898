import type { Jitter } from '../../contract/scenario-properties.ts';
import { mix, share } from './keyed-chance.ts';

/** Cap of a Pareto tail that names none, in milliseconds: long enough to be a spike, short of most timeouts. */
const PARETO_MAX_MS = 2_000;

/** One draw of what a crossing takes beyond the least, in milliseconds; a normal one may be negative. */
export function drawJitter(jitter: Jitter, key: number): number {
  switch (jitter.kind) {
    case 'uniform':
      return jitter.maxMs * share(key);
    case 'normal':
      return jitter.stddevMs * drawNormal(key);
    case 'exponential':
      return -jitter.meanMs * Math.log(1 - share(key));
    case 'pareto': {
      // Lomax: a Pareto distribution that begins at 0.
      const drawn = jitter.scaleMs * ((1 - share(key)) ** (-1 / jitter.shape) - 1);
      return Math.min(drawn, jitter.maxMs ?? PARETO_MAX_MS);
    }
    case 'gamma':
      return jitter.scaleMs * drawGamma(jitter.shape, key);
  }
}

/** Standard normal: Box and Muller, 1958. */
function drawNormal(key: number): number {
  return Math.sqrt(-2 * Math.log(1 - share(key))) * Math.cos(2 * Math.PI * share(key ^ 0x5bd1e995));
}

/** Gamma of scale 1: Marsaglia and Tsang, 2000; a shape below 1 by way of the one above it. */
function drawGamma(shape: number, key: number): number {
  if (shape < 1) return drawGamma(shape + 1, mix(key ^ 0x27d4eb2f)) * (1 - share(key)) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (let state = mix(key ^ 0x165667b1); ; state = mix(state ^ 0x85ebca6b)) {
    const normal = drawNormal(state);
    const cubed = (1 + c * normal) ** 3;
    if (cubed <= 0) continue;
    const uniform = 1 - share(state ^ 0xc2b2ae35);
    if (Math.log(uniform) < normal ** 2 / 2 + d - d * cubed + d * Math.log(cubed)) return d * cubed;
  }
}
