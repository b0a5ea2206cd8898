import { parseIpAddress } from '../../../../contract/ip-address.ts';
import type { ExchangeArgs } from '../../../../contract/sockets.ts';

/** The lines of a program that does with the library what the form asks for. */
export function exchangeCode(args: ExchangeArgs): string {
  const family = args.family ?? parseIpAddress(args.source ?? args.destination)?.family ?? null;
  const isName = parseIpAddress(args.destination) === null;
  const socketClass = family === 6 ? 'ICMPv6Socket' : 'ICMPv4Socket';
  const imports = ['AsyncSocket', 'ICMPRequest', socketClass];
  if (args.id === null) imports.push('PID');
  if (isName) imports.push('resolve');
  const repeats = args.count > 1;
  return [
    ...(repeats ? [`import { setTimeout } from 'node:timers/promises';`] : []),
    `import { ${imports.sort(byName).join(', ')} } from 'hopscope/icmp';`,
    '',
    `const socket = new AsyncSocket(new ${socketClass}(${socketOptions(args)}));`,
    ...(args.broadcast ? ['socket.broadcast = true;'] : []),
    ...(isName ? [`const [destination] = await resolve(${quoted(args.destination)}, ${family ?? 4});`] : []),
    ...(repeats ? repeated(args, isName) : [...sending(args, isName, String(args.sequence)), ...receiving(args)]),
    'socket.close();',
  ].join('\n');
}

function byName(one: string, other: string): number {
  return one.toLowerCase() < other.toLowerCase() ? -1 : 1;
}

function repeated(args: ExchangeArgs, isName: boolean): string[] {
  const last = args.sequence + args.count;
  return [
    `for (let sequence = ${args.sequence}; sequence < ${last}; sequence++) {`,
    ...[...sending(args, isName, 'sequence'), ...receiving(args), `await setTimeout(${args.intervalMs});`].map(
      (line) => `  ${line}`,
    ),
    '}',
  ];
}

function sending(args: ExchangeArgs, isName: boolean, sequence: string): string[] {
  const { id, ttl, trafficClass } = args;
  const destination = isName ? 'destination' : quoted(args.destination);
  const options = `{ ${payloadOption(args)}, ttl: ${ttl}, trafficClass: ${trafficClass} }`;
  return [
    `const request = new ICMPRequest(${destination}, ${id ?? 'PID'}, ${sequence}, ${options});`,
    'socket.send(request);',
  ];
}

function receiving({ receive, timeoutMs, count }: ExchangeArgs): string[] {
  const request = receive === 'everything' ? 'null' : 'request';
  if (receive === 'first') {
    const received = `await socket.receive(request, ${timeoutMs / 1_000})`;
    // One request that fails must not keep the others from being sent.
    return count > 1
      ? [`${received}.then(console.log, console.log);`]
      : [`const reply = ${received};`, 'reply.raiseForStatus();'];
  }
  return [
    `const end = Date.now() + ${timeoutMs};`,
    'while (Date.now() < end)',
    `  await socket.receive(${request}, Math.max(0, end - Date.now()) / 1_000).then(console.log, console.log);`,
  ];
}

function payloadOption({ payload }: ExchangeArgs): string {
  if (payload.kind === 'random') return `payloadSize: ${payload.payloadSize}`;
  const bytes = Uint8Array.from(payload.hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const text = new TextDecoder().decode(bytes);
  const isText = /^[\x20-\x7e]+$/.test(text) && text.length === bytes.length;
  return `payload: Buffer.from(${isText ? quoted(text) : `'${payload.hex}', 'hex'`})`;
}

function socketOptions({ source, privileged, interfaceName, dontFragment }: ExchangeArgs): string {
  const options = [
    ...(source === null ? [] : [`address: ${quoted(source)}`]),
    `privileged: ${privileged}`,
    ...(interfaceName === null ? [] : [`interfaceName: ${quoted(interfaceName)}`]),
    ...(dontFragment === null ? [] : [`dontFragment: ${dontFragment}`]),
  ];
  return `{ ${options.join(', ')} }`;
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
