/**
 * Opens a socket in a fresh process, sends at once, reads 20 ms later, and prints for each of four packets how many ms
 * after its sending its answer was stamped: `first-packets.ts DESTINATION`.
 */
import { block, SocketUnderTest } from './native-socket.ts';

const destination = process.argv[2] ?? '';
using socket = new SocketUnderTest({ family: 4, kind: 'dgram' });
const lateness = [0, 1, 2, 3].map((sequence) => {
  const [fate] = socket.send({ destination, sequence });
  block(20);
  const [record] = socket.drain();
  return (record?.realtimeMs ?? Number.NaN) - (fate?.realtimeMs ?? Number.NaN);
});
console.log(JSON.stringify(lateness));
