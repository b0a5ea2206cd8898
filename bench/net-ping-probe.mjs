/** The rival net-ping in a process of its own, used as its documentation shows; arguments: list of addresses, path of its module. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const netPing = createRequire(import.meta.url)(process.argv[3]);
const addresses = readFileSync(process.argv[2], 'utf8').trim().split('\n');
const session = netPing.createSession({ retries: 0, timeout: 2000 });
let answered = 0;
let ended = 0;
const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
for (const address of addresses) {
  session.pingHost(address, (error) => {
    if (!error) answered++;
    if (++ended < addresses.length) return;
    const elapsedMs = performance.now() - startedAt;
    const cpu = process.cpuUsage(cpuBefore);
    console.log(JSON.stringify({ answered, elapsedMs, cpuMs: (cpu.user + cpu.system) / 1000 }));
    session.close();
  });
}
