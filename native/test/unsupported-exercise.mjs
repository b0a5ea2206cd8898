/** What the addon does on a system without a backend: it loads, answers, and refuses to open. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const addon = createRequire(import.meta.url)(process.argv[2]);
const options = {
  ...{ family: 4, kind: 'dgram', address: null, interfaceName: null, receiveBufferBytes: 1, queueBytes: 1 },
  ...{ transmitTimestamps: false, dontFragment: 'default', onlyIdentifier: null },
};

assert.equal(addon.platform, 'unsupported');
assert.throws(() => new addon.IcmpSocket(options), { code: 'ENOTSUP', syscall: 'socket' });
assert.equal(addon.interfaceIndex('lo'), 0);
assert.equal(addon.interfaceName(1), '');
const clocks = new Float64Array(3);
addon.readClocks(clocks);
assert(Math.abs((clocks[0] ?? 0) * 1e3 + (clocks[1] ?? 0) / 1e6 - Date.now()) < 1_000);
console.log('the unsupported backend: all held');
