import { isIP } from 'node:net';
import { accept, type ParsedLine, quote, refuse, type Usage } from './option-table.ts';

/** A whole number given in decimal, or as `0x2e` where hexadecimal is usual; `fallback` when the option is absent. */
export function readWholeNumber<F>(
  { options }: ParsedLine,
  long: string,
  { from, to, fallback, isHexAllowed = false }: { from: number; to: number; fallback: F; isHexAllowed?: boolean },
): Usage<number | F> {
  const text = options.get(long);
  if (text === undefined) return accept(fallback);
  const isNumber = /^\d+$/.test(text) || (isHexAllowed && /^0x[\da-f]+$/i.test(text));
  const value = Number(text);
  if (isNumber && value >= from && value <= to) return accept(value);
  return refuse(`${long} must be a whole number from ${inWords(from)} to ${inWords(to)}, not ${quote(text)}.`);
}

/** A time in seconds, fractions allowed, given back in milliseconds. */
export function readSeconds(
  { options }: ParsedLine,
  long: string,
  { from, to, fallbackMs }: { from: number; to: number; fallbackMs: number },
): Usage<number> {
  const text = options.get(long);
  if (text === undefined) return accept(fallbackMs);
  const value = Number(text);
  if (/^(\d+\.?\d*|\.\d+)$/.test(text) && value >= from && value <= to) return accept(value * 1_000);
  return refuse(`${long} must be a time from ${inWords(from)} to ${inWords(to)} seconds, not ${quote(text)}.`);
}

/** A numeric address of this machine, zone allowed; whether it really has it shows when it is used. */
export function readAddress({ options }: ParsedLine, long: string): Usage<string | null> {
  const text = options.get(long);
  if (text === undefined) return accept(null);
  if (isIP(text) !== 0) return accept(text);
  return refuse(`${long} must be a numeric IPv4 or IPv6 address of this machine, not ${quote(text)}.`);
}

/** Length of an interface name on Linux: IFNAMSIZ less its final zero. */
const LONGEST_INTERFACE_NAME = 15;

/** The name of a network interface. */
export function readInterfaceName({ options }: ParsedLine, long: string): Usage<string | null> {
  const text = options.get(long);
  if (text === undefined) return accept(null);
  if (text.length >= 1 && text.length <= LONGEST_INTERFACE_NAME && !/[\s/]/.test(text)) return accept(text);
  return refuse(
    `${long} must be the name of a network interface, 1 to ${LONGEST_INTERFACE_NAME} characters such as eth0, not ${quote(text)}.`,
  );
}

/** One of two flags that exclude each other: the value of the one given, or the fallback. */
export function readEither<T, F>(
  { options }: ParsedLine,
  choices: readonly [readonly [string, T], readonly [string, T]],
  fallback: F,
): Usage<T | F> {
  const [[first, firstValue], [second, secondValue]] = choices;
  if (options.has(first) && options.has(second))
    return refuse(`${first} and ${second} exclude each other: give one of them.`);
  if (options.has(first)) return accept(firstValue);
  return accept(options.has(second) ? secondValue : fallback);
}

function inWords(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 3 });
}
