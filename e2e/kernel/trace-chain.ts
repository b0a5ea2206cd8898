/** `trace-chain.ts DESTINATION HOPS` sends one round to it without rights and prints the fates as JSON. */
import { fatesOfRound, openProbes } from './probe-rounds.ts';

const [destination = '', hops = '1'] = process.argv.slice(2);
using transport = await openProbes(destination.includes(':') ? 6 : 4, 'unprivileged');
console.log(JSON.stringify(await fatesOfRound(transport, destination, Number(hops), { flow: 0 })));
