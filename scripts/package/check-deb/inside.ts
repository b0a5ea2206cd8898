/**
 * Started by check-deb.ts only, in network, mount, process, host name and IPC namespaces of its own: goes through the
 * steps in the bare root and says of each whether it held. When it ends the kernel ends everything in the namespaces,
 * the mounts too.
 */
import { BareRoot, outside } from './bare-root.ts';
import { desktopSteps } from './desktop-steps.ts';
import { debSteps } from './steps.ts';

const [path = '', made = '', command = ''] = process.argv.slice(2);
const root = new BareRoot(path);
outside('ip', ['link', 'set', 'lo', 'up']);
root.mount();
let held = 0;
const steps = [...debSteps(root), ...desktopSteps(root, made, command)];
for (const { name, run } of steps) {
  try {
    console.log(`held    ${name}\n        ${await run()}`);
    held += 1;
  } catch (error) {
    console.log(`FAILED  ${name}\n        ${error instanceof Error ? error.message : error}`);
    break;
  }
}
console.log(`\n${held} of ${steps.length} steps held.`);
process.exit(held === steps.length ? 0 : 1);
