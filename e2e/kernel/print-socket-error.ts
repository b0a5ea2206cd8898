/** Run by the tests where it lacks a right: opens a socket and prints what became of it as one line of JSON. */
import { readdirSync } from 'node:fs';
import { ICMPSocketError, ICMPv4Socket, ICMPv6Socket, SocketPermissionError } from '../../src/main/icmp.ts';

const [family, kind] = process.argv.slice(2);

function open(): object {
  const options = { privileged: kind === 'raw' };
  try {
    using socket = family === '4' ? new ICMPv4Socket(options) : new ICMPv6Socket(options);
    return { opened: true, isPrivileged: socket.isPrivileged };
  } catch (error) {
    if (!(error instanceof ICMPSocketError)) throw error;
    const { name, message, code, errno } = error;
    if (!(error instanceof SocketPermissionError)) return { name, message, code, errno };
    return { name, message, code, errno, groupRange: error.groupRange, remedy: error.remedy };
  }
}

const openDescriptors = () => readdirSync('/proc/self/fd').length;
// The first socket of all makes what every later one shares.
open();
const before = openDescriptors();
const outcome = open();
console.log(JSON.stringify({ ...outcome, descriptorsLeft: openDescriptors() - before }));
