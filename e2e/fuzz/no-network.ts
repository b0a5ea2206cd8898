import { Socket } from 'node:net';

/** Connections that were wanted. */
let wanted = 0;

/** From now on no socket of this process is connected: a fuzzed webhook names whatever it likes. Gives how many were wanted. */
export function cutNetwork(): () => number {
  Socket.prototype.connect = function refuse(this: Socket): Socket {
    wanted += 1;
    process.nextTick(() => this.destroy(Object.assign(new Error('There is no network here'), { code: 'ENETUNREACH' })));
    return this;
  };
  return () => wanted;
}
