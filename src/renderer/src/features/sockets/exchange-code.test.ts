import { expect, it } from 'vitest';
import { exchangeCode } from './exchange-code.ts';
import { DEFAULT_TYPED, readExchange, type TypedExchange } from './exchange-form.ts';

function codeOf(more: Partial<TypedExchange>): string[] {
  const read = readExchange({ ...DEFAULT_TYPED, destination: '192.0.2.7', ...more });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return exchangeCode(read.args).split('\n');
}

it('is an import and six lines for one request', () => {
  expect(codeOf({})).toEqual([
    "import { AsyncSocket, ICMPRequest, ICMPv4Socket, PID } from 'hopscope/icmp';",
    '',
    'const socket = new AsyncSocket(new ICMPv4Socket({ privileged: false }));',
    "const request = new ICMPRequest('192.0.2.7', PID, 1, { payloadSize: 56, ttl: 64, trafficClass: 0 });",
    'socket.send(request);',
    'const reply = await socket.receive(request, 2);',
    'reply.raiseForStatus();',
    'socket.close();',
  ]);
});

it('has every parameter of the form', () => {
  expect(
    codeOf({
      destination: '192.0.2.255',
      id: '7',
      sequence: '9',
      payloadKind: 'text',
      payloadText: "it's",
      ttl: '3',
      trafficClass: '184',
      privileged: 'yes',
      source: '192.0.2.1',
      interfaceName: 'eth0',
      dontFragment: 'always',
      broadcast: true,
      timeout: '1.5',
      receive: 'all',
    }),
  ).toEqual([
    "import { AsyncSocket, ICMPRequest, ICMPv4Socket } from 'hopscope/icmp';",
    '',
    "const socket = new AsyncSocket(new ICMPv4Socket({ address: '192.0.2.1', privileged: true, interfaceName: 'eth0', dontFragment: true }));",
    'socket.broadcast = true;',
    "const request = new ICMPRequest('192.0.2.255', 7, 9, { payload: Buffer.from('it\\'s'), ttl: 3, trafficClass: 184 });",
    'socket.send(request);',
    'const end = Date.now() + 1500;',
    'while (Date.now() < end)',
    '  await socket.receive(request, Math.max(0, end - Date.now()) / 1_000).then(console.log, console.log);',
    'socket.close();',
  ]);
});

it('looks a name up, counts the sequence up, and sends bytes that are no text as they are', () => {
  expect(
    codeOf({ destination: 'host.example', family: '6', count: '3', payloadKind: 'hex', payloadHex: '00ff' }),
  ).toEqual([
    "import { setTimeout } from 'node:timers/promises';",
    "import { AsyncSocket, ICMPRequest, ICMPv6Socket, PID, resolve } from 'hopscope/icmp';",
    '',
    'const socket = new AsyncSocket(new ICMPv6Socket({ privileged: false }));',
    "const [destination] = await resolve('host.example', 6);",
    'for (let sequence = 1; sequence < 4; sequence++) {',
    "  const request = new ICMPRequest(destination, PID, sequence, { payload: Buffer.from('00ff', 'hex'), ttl: 64, trafficClass: 0 });",
    '  socket.send(request);',
    '  await socket.receive(request, 2).then(console.log, console.log);',
    '  await setTimeout(1000);',
    '}',
    'socket.close();',
  ]);
});
