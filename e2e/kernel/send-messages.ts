/** Sends ICMP messages from wherever it is started: `send-messages.ts 4|6 DESTINATION HEXADECIMAL...`. */
import { SocketUnderTest } from './native-socket.ts';

const [family, destination = '', ...messages] = process.argv.slice(2);
using socket = new SocketUnderTest({ family: family === '6' ? 6 : 4, kind: 'raw' });
const fates = socket.sendMessages(messages.map((message) => ({ destination, message: Buffer.from(message, 'hex') })));
process.exitCode = fates.find((fate) => fate.errno !== 0)?.errno ?? 0;
