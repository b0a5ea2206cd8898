import { parseIpAddress } from '../../../../contract/ip-address.ts';
import { EXCHANGE_LIMITS, type ExchangeArgs } from '../../../../contract/sockets.ts';
import { formatCount } from '../../format/count.ts';

/** What stands in the fields of the form, as typed. */
export interface TypedExchange {
  readonly destination: string;
  readonly id: string;
  readonly sequence: string;
  readonly payloadKind: 'random' | 'text' | 'hex';
  readonly payloadSize: string;
  readonly payloadText: string;
  readonly payloadHex: string;
  readonly ttl: string;
  readonly trafficClass: string;
  readonly family: 'auto' | '4' | '6';
  readonly privileged: 'no' | 'yes';
  readonly source: string;
  readonly interfaceName: string;
  readonly dontFragment: 'system' | 'always' | 'never';
  readonly broadcast: boolean;
  /** In seconds, as the library takes it. */
  readonly timeout: string;
  readonly receive: ExchangeArgs['receive'];
  readonly count: string;
  /** In seconds. */
  readonly interval: string;
}

export type TypedField = keyof TypedExchange;

/** The defaults of the classes; without privileges, which works for most accounts. */
export const DEFAULT_TYPED: TypedExchange = {
  destination: '',
  id: '',
  sequence: '1',
  payloadKind: 'random',
  payloadSize: '56',
  payloadText: '',
  payloadHex: '',
  ttl: '64',
  trafficClass: '0',
  family: 'auto',
  privileged: 'no',
  source: '',
  interfaceName: '',
  dontFragment: 'system',
  broadcast: false,
  timeout: '2',
  receive: 'first',
  count: '1',
  interval: '1',
};

/** What is wrong, field by field. */
export type Problems = Readonly<Partial<Record<TypedField, string>>>;

export type ReadExchange =
  | { readonly ok: true; readonly args: ExchangeArgs }
  | { readonly ok: false; readonly problems: Problems };

/** Reads the form. Nothing is accepted unless everything is; each problem says what is allowed. */
export function readExchange(typed: TypedExchange): ReadExchange {
  const problems: Partial<Record<TypedField, string>> = {};
  /** A field's number, or 0 and its problem noted. */
  const numberOf = (field: NumberField): number => {
    const read = readNumber(typed[field], NUMBERS[field]);
    if (typeof read === 'number') return read;
    problems[field] = read.problem;
    return 0;
  };
  const destination = typed.destination.trim();
  if (destination === '') problems.destination = 'Type an address or a name, such as 192.0.2.1.';
  else if (/\s/.test(destination)) problems.destination = 'One address or name, without spaces.';
  const family = typed.family === 'auto' ? null : typed.family === '4' ? 4 : 6;
  const misfit = familyProblem(destination, family);
  if (misfit !== null) problems.destination ??= misfit;
  const source = typed.source.trim();
  const sourceProblem = readSourceProblem(source, family, destination);
  if (sourceProblem !== null) problems.source = sourceProblem;
  const interfaceName = typed.interfaceName.trim();
  if (interfaceName.length > 15) problems.interfaceName = 'At most 15 characters, as the system allows.';
  if (typed.broadcast && (family === 6 || familyOf(destination) === 6)) {
    problems.broadcast = 'IPv6 has no broadcast; ff02::1%eth0 reaches every host of a link.';
  }
  const payload = readPayload(typed, problems, numberOf);
  const args: ExchangeArgs = {
    destination,
    id: typed.id.trim() === '' ? null : numberOf('id'),
    sequence: numberOf('sequence'),
    payload,
    ttl: numberOf('ttl'),
    trafficClass: numberOf('trafficClass'),
    family,
    privileged: typed.privileged === 'yes',
    source: source === '' ? null : source,
    interfaceName: interfaceName === '' ? null : interfaceName,
    dontFragment: typed.dontFragment === 'system' ? null : typed.dontFragment === 'always',
    broadcast: typed.broadcast,
    timeoutMs: Math.round(numberOf('timeout') * 1_000),
    receive: typed.receive,
    count: numberOf('count'),
    intervalMs: Math.round(numberOf('interval') * 1_000),
  };
  return Object.keys(problems).length === 0 ? { ok: true, args } : { ok: false, problems };
}

type NumberField = 'id' | 'sequence' | 'payloadSize' | 'ttl' | 'trafficClass' | 'timeout' | 'count' | 'interval';

interface NumberRule {
  readonly least: number;
  readonly most: number;
  /** Fractions are allowed, and the unit is this. */
  readonly unit?: string;
}

const NUMBERS: Readonly<Record<NumberField, NumberRule>> = {
  id: EXCHANGE_LIMITS.id,
  sequence: EXCHANGE_LIMITS.sequence,
  payloadSize: EXCHANGE_LIMITS.payloadSize,
  ttl: EXCHANGE_LIMITS.ttl,
  trafficClass: EXCHANGE_LIMITS.trafficClass,
  timeout: inSeconds(EXCHANGE_LIMITS.timeoutMs),
  count: EXCHANGE_LIMITS.count,
  interval: inSeconds(EXCHANGE_LIMITS.intervalMs),
};

function inSeconds({ least, most }: { readonly least: number; readonly most: number }): NumberRule {
  return { least: least / 1_000, most: most / 1_000, unit: 'seconds' };
}

/** Decimal, or hexadecimal with 0x, which is how identifiers and traffic classes are often given. */
function readNumber(typed: string, { least, most, unit }: NumberRule): number | { readonly problem: string } {
  const text = typed.trim();
  const form = unit === undefined ? /^(\d{1,9}|0x[0-9a-f]{1,8})$/i : /^(\d{1,9}([.,]\d{1,6})?)$/;
  const value = form.test(text) ? Number(text.replace(',', '.')) : Number.NaN;
  if (value >= least && value <= most) return value;
  const range = `${formatCount(least)} to ${formatCount(most)}`;
  return { problem: unit === undefined ? `A whole number from ${range}.` : `A number of ${unit} from ${range}.` };
}

function readPayload(
  typed: TypedExchange,
  problems: Partial<Record<TypedField, string>>,
  numberOf: (field: NumberField) => number,
): ExchangeArgs['payload'] {
  const { most } = EXCHANGE_LIMITS.payloadSize;
  switch (typed.payloadKind) {
    case 'random':
      return { kind: 'random', payloadSize: numberOf('payloadSize') };
    case 'text': {
      const bytes = new TextEncoder().encode(typed.payloadText);
      if (bytes.length > most) problems.payloadText = `At most ${formatCount(most)} bytes of UTF-8.`;
      return { kind: 'bytes', hex: Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('') };
    }
    case 'hex': {
      const hex = typed.payloadHex.replace(/[\s:]+/g, '').toLowerCase();
      if (!/^[0-9a-f]*$/.test(hex)) problems.payloadHex = 'Only 0 to 9, a to f and spaces.';
      else if (hex.length % 2 === 1) problems.payloadHex = 'Two digits for each byte: one is missing.';
      else if (hex.length > 2 * most) problems.payloadHex = `At most ${formatCount(most)} bytes.`;
      return { kind: 'bytes', hex };
    }
  }
}

function familyOf(text: string): 4 | 6 | null {
  return parseIpAddress(text)?.family ?? null;
}

function familyProblem(address: string, family: 4 | 6 | null): string | null {
  const own = familyOf(address);
  return own === null || family === null || own === family
    ? null
    : `This is an IPv${own} address; the socket is to be IPv${family}.`;
}

function readSourceProblem(source: string, family: 4 | 6 | null, destination: string): string | null {
  if (source === '') return null;
  if (familyOf(source) === null) return 'A numeric address of this machine, such as 192.0.2.2, or nothing.';
  return familyProblem(source, family) ?? familyProblem(source, familyOf(destination));
}

/** What was remembered of a form; fields that are missing or of no known form have their default. */
export function restoreTyped(remembered: string): TypedExchange {
  let stored: unknown;
  try {
    stored = JSON.parse(remembered);
  } catch {
    return DEFAULT_TYPED; // nothing, or of another version
  }
  if (typeof stored !== 'object' || stored === null) return DEFAULT_TYPED;
  const fields = stored as Readonly<Record<string, unknown>>;
  const restored = Object.entries(DEFAULT_TYPED).map(([field, otherwise]) => {
    const value = fields[field];
    const choices: readonly unknown[] | undefined = CHOICES[field];
    const fits = typeof value === typeof otherwise && (choices === undefined || choices.includes(value));
    return [field, fits ? value : otherwise];
  });
  return Object.fromEntries(restored) as TypedExchange;
}

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  payloadKind: ['random', 'text', 'hex'],
  family: ['auto', '4', '6'],
  privileged: ['no', 'yes'],
  dontFragment: ['system', 'always', 'never'],
  receive: ['first', 'all', 'everything'],
};
