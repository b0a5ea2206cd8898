/**
 * For how long to measure: how often the rules conclude where a loss starts, by its ratio and the number of rounds.
 * Paths of nine hops; from hop 3 on each probe is lost with the given chance, independent of the others.
 */
import { SeededRandom } from '../src/main/base/random.ts';
import { wilsonInterval } from '../src/main/engine/statistics/wilson.ts';
import { judge } from '../src/main/engine/verdict/judge.ts';
import { evidenceOfPath, healthyPath, losing } from '../src/main/engine/verdict/test-evidence.ts';

const PATHS = 40;
const LOSS_STARTS_AT = 3;
const DESTINATION_AT = 9;
const LOSS_RATIOS = [0.005, 0.01, 0.02, 0.05];
const ROUNDS = [60, 120, 300, 600, 1_800, 3_600];

function percent(ratio: number): string {
  return `${(100 * ratio).toFixed(1)} %`;
}

/** The hops at which a warning says that loss starts, of one path. */
function warnedHops(seed: number, ratio: number, rounds: number): readonly (number | null)[] {
  const random = new SeededRandom(seed);
  const lossy = Array.from({ length: DESTINATION_AT - LOSS_STARTS_AT + 1 }, (_, index) => LOSS_STARTS_AT + index);
  const changes = Object.fromEntries(lossy.map((hop) => [hop, () => ({ rtt: losing(random, hop, ratio) })]));
  return judge(evidenceOfPath({ ...healthyPath(seed, DESTINATION_AT - 1, changes), rounds }))
    .filter(({ id, severity }) => id === 'loss-to-destination' && severity !== 'info')
    .map(({ hopLimit }) => hopLimit);
}

for (const ratio of LOSS_RATIOS) {
  for (const rounds of ROUNDS) {
    const found = Array.from({ length: PATHS }, (_, path) => warnedHops(path * 7_919 + rounds, ratio, rounds));
    const warned = found.filter((hops) => hops.length > 0).length;
    const right = found.filter((hops) => hops.includes(LOSS_STARTS_AT)).length;
    const interval = wilsonInterval(Math.round(ratio * rounds), rounds);
    console.log(
      `loss ${percent(ratio)}, ${rounds} rounds: interval ${percent(interval?.low ?? 0)} to ${percent(interval?.high ?? 1)}; ` +
        `warned of ${warned} of ${PATHS} paths, ${right} at the right hop`,
    );
  }
}
for (const rounds of ROUNDS) {
  console.log(`no loss in ${rounds} rounds: up to ${percent(wilsonInterval(0, rounds)?.high ?? 1)}`);
}
