/**
 * Puts the addon through what its life in Node brings, on loopback: opening, sending, receiving in both ways, closing
 * while receiving, collection without close, workers that end with sockets open, 1,000 sockets. Run by
 * run-sanitizers.mjs with the path of the addon; ends with a message and code 1 when something does not hold.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

const path = process.argv[2] ?? process.env.HOPSCOPE_ADDON;
const { IcmpSocket, readClocks } = createRequire(import.meta.url)(path);

const SEND_HEADER = 64;
const RECORD_DATAGRAM = 1;
const CASES = [4, 6].flatMap((family) => ['raw', 'dgram'].map((kind) => ({ family, kind })));

function open({ family, kind, ...more }) {
  return new IcmpSocket({
    ...{ family, kind, address: null, interfaceName: null, receiveBufferBytes: 4 << 20, queueBytes: 4 << 20 },
    ...{ transmitTimestamps: false, dontFragment: 'default', onlyIdentifier: null, ...more },
  });
}

/** Echo requests to loopback; the checksum is right for raw IPv4 because everything but the type is zero. */
function requests(family, count) {
  const bytes = SEND_HEADER + 64;
  const batch = Buffer.alloc(count * bytes);
  for (let at = 0; at < batch.length; at += bytes) {
    batch.writeUInt16LE(64, at);
    if (family === 4) batch.writeUInt32BE(0x7f000001, at + 8);
    else batch[at + 23] = 1;
    batch[at + SEND_HEADER] = family === 4 ? 8 : 128;
    batch.writeUInt16BE(0xf7ff, at + SEND_HEADER + 2);
  }
  return batch;
}

function countDatagrams(buffer, bytes) {
  let count = 0;
  for (let at = 0; at < bytes; at += buffer.readUInt32LE(at)) if (buffer[at + 4] === RECORD_DATAGRAM) count++;
  return count;
}

const into = Buffer.alloc(256 * 1024);

function drainAll(socket) {
  let count = 0;
  for (let bytes = socket.drain(into); bytes > 0; bytes = socket.drain(into)) count += countDatagrams(into, bytes);
  return count;
}

function descriptors() {
  return readdirSync('/proc/self/fd').length;
}

async function collectUntil(condition) {
  for (let attempt = 0; attempt < 200 && !condition(); attempt++) {
    globalThis.gc();
    await setImmediate();
  }
  assert(condition());
}

function receiveBlocking(which, transmitTimestamps) {
  const socket = open({ ...which, transmitTimestamps });
  assert.equal(socket.send(requests(which.family, 20), 20), 20);
  assert(countDatagrams(into, socket.drainBlocking(into, 2000)) > 0);
  drainAll(socket);
  const before = performance.now();
  assert.equal(socket.drainBlocking(into, 20), 0);
  assert(performance.now() - before >= 19);
  socket.close();
  assert.throws(() => socket.drain(into), { code: 'EBADF', errno: 9, syscall: 'drain' });
}

async function receiveOnThread(which, transmitTimestamps) {
  const socket = open({ ...which, transmitTimestamps });
  let count = 0;
  socket.startReceiving(() => {
    count += drainAll(socket);
  });
  for (let round = 0; round < 20; round++) {
    socket.send(requests(which.family, 50), 50);
    await setImmediate();
  }
  for (let attempt = 0; attempt < 500 && count < 1000; attempt++) await setTimeout(5);
  assert.equal(count, 1000);
  assert(socket.counters().wakes > 0);
  socket.stopReceiving();
  socket.startReceiving(() => assert.fail('called after close'));
  socket.send(requests(which.family, 50), 50);
  socket.close();
  socket.close();
  await setTimeout(5);
}

/** Every argument of the wrong kind, and lengths that lie. */
function misuse() {
  const socket = open({ family: 4, kind: 'dgram' });
  const batch = requests(4, 2);
  for (const wrong of [() => socket.send(batch, 3), () => socket.send(batch.subarray(0, 100), 1)]) {
    assert.throws(wrong, { code: 'EINVAL', syscall: 'send' });
  }
  for (const wrong of [Number.NaN, -1, '2', undefined, Number.POSITIVE_INFINITY]) {
    assert.throws(() => socket.send(batch, wrong), { code: 'EINVAL' });
  }
  for (const wrong of [null, 1, [], new Uint16Array(9), new ArrayBuffer(9)]) {
    assert.throws(() => socket.send(wrong, 0), { code: 'EINVAL' });
    assert.throws(() => socket.drain(wrong), { code: 'EINVAL' });
    assert.throws(() => socket.startReceiving(wrong), { code: 'EINVAL' });
  }
  assert.equal(socket.send(Buffer.concat([Buffer.alloc(1), batch]).subarray(1), 2), 2);
  assert.throws(() => socket.drain(Buffer.alloc(10)), { code: 'EMSGSIZE' });
  assert.throws(() => IcmpSocket.prototype.send.call({}, batch, 1), TypeError);
  assert.throws(() => readClocks(new Float64Array(2)), TypeError);
  assert.throws(() => open({ family: 5, kind: 'dgram' }), TypeError);
  assert.throws(() => open({ family: 4, kind: 'raw', onlyIdentifier: 65536 }), RangeError);
  assert.throws(() => open({ family: 4, kind: 'dgram', address: '::1' }), { code: 'EADDRNOTAVAIL', syscall: 'bind' });
  socket.close();
}

/** Dropped without close, some while receiving with a callback that holds the socket: the descriptors come back. */
async function thousandSocketsCollected() {
  const before = descriptors();
  (() => {
    for (let index = 0; index < 1000; index++) {
      const socket = open(CASES[index % 4]);
      if (index % 2 === 0) socket.startReceiving(() => socket.drain(into));
      socket.send(requests(socket.properties.localAddress === null && index % 4 < 2 ? 4 : 6, 2), 2);
    }
  })();
  await setTimeout(5);
  // The receive thread's own descriptors go with its last socket.
  await collectUntil(() => descriptors() <= before);
}

async function workers() {
  for (let round = 0; round < 4; round++) {
    const worker = new Worker(new URL(import.meta.url), { env: { ...process.env, HOPSCOPE_ADDON: path } });
    await once(worker, 'message');
    if (round % 2 === 0) await worker.terminate();
    else {
      worker.postMessage('leave');
      await once(worker, 'exit');
    }
  }
}

/** In a worker: sockets that receive all the time, and an end in the middle of it. */
function beWorker() {
  const sockets = Array.from({ length: 20 }, (_, index) => open(CASES[index % 4]));
  for (const socket of sockets) socket.startReceiving(() => drainAll(socket));
  const timer = setInterval(() => {
    for (const [index, socket] of sockets.entries()) socket.send(requests(index % 4 < 2 ? 4 : 6, 10), 10);
    parentPort.postMessage('busy');
  }, 1);
  parentPort.once('message', () => {
    clearInterval(timer);
    process.exit(0);
  });
}

if (isMainThread) {
  for (const which of CASES) {
    for (const transmitTimestamps of [false, true]) {
      receiveBlocking(which, transmitTimestamps);
      await receiveOnThread(which, transmitTimestamps);
    }
  }
  misuse();
  await workers();
  await thousandSocketsCollected();
  // The process ends with this one receiving.
  const last = open(CASES[1]);
  last.startReceiving(() => drainAll(last));
  last.send(requests(4, 10), 10);
  console.log('the addon in Node: all held');
} else {
  beWorker();
}
