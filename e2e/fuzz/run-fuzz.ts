import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { SystemRandom } from '../../src/main/base/random.ts';
import type { Tally } from './answers.ts';
import { fuzzContract } from './fuzz-contract.ts';
import { fuzzFiles } from './fuzz-files.ts';
import { exportedSessions, loggedRuns } from './lawful-files.ts';
import { cutNetwork } from './no-network.ts';

/** What the heap of an engine that has ended may be above that of the first: of a leak of each, a thousand would be more. */
const MOST_GROWTH_BYTES = 32_000_000;

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    messages: { type: 'string', default: '1000000' },
    files: { type: 'string', default: '10000' },
    progress: { type: 'boolean', default: false },
  },
});
const seed = values.seed === undefined ? new SystemRandom().uint32() : Number(values.seed);
const [messages, files] = [Number(values.messages), Number(values.files)];
if (![seed, messages, files].every(Number.isSafeInteger)) throw new Error('The seed and the counts are whole numbers.');

// What garbage is left would hide what grows.
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const begun = performance.now();
const seconds = () => ((performance.now() - begun) / 1_000).toFixed(1);
const wantedConnections = cutNetwork();
const lawful = [...exportedSessions(), ...loggedRuns()];
const say = (line: string) => {
  if (values.progress) console.log(`${seconds()} s: ${line}`);
};

console.log(`Seed ${seed}: ${messages.toLocaleString('en')} messages and ${files.toLocaleString('en')} files`);
const contract = await fuzzContract({ seed, messages, files: lawful, collect }, ({ done, heapBytes, faults }) =>
  say(`${done} messages, ${(heapBytes / 1e6).toFixed(1)} MB, ${faults} faults`),
);
console.log(`\nMessages, after ${seconds()} s\n${table(contract.tally)}`);
const imported = await fuzzFiles(seed, files, lawful, ({ done, faults }) => say(`${done} files, ${faults} faults`));
console.log(`\nFiles, after ${seconds()} s\n${table(imported.tally)}`);

const heaps = contract.heapBytes;
const growth = Math.max(0, ...heaps) - (heaps[0] ?? 0);
const memory = `${(growth / 1e6).toFixed(1)} MB of growth, ${(process.resourceUsage().maxRSS / 1e3).toFixed(0)} MB at most`;
const faults = [...contract.faults, ...imported.faults];
for (const fault of faults) console.log(`\n${fault.message}`);
console.log(
  `\n${faults.length} faults; ${memory}; ${wantedConnections()} connections wanted, none made; ${seconds()} s; seed ${seed}`,
);
process.exitCode = faults.length > 0 || growth > MOST_GROWTH_BYTES ? 1 : 0;

function table(tally: Tally): string {
  return [...tally]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([what, times]) => `${times.toLocaleString('en').padStart(12)}  ${what}`)
    .join('\n');
}
