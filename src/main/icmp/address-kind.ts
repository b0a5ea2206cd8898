import { domainToASCII } from 'node:url';
import { parseIpAddress } from '../../contract/ip-address.ts';

/** Longest name in the DNS, without the dot at its end (RFC 1035 §2.3.4). */
const NAME_LIMIT = 253;
/** A label: letters, digits, hyphens inside; underscores too, since real names have them (RFC 2181 §11). */
const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/i;
const ALL_DIGITS = /^[0-9]+$/;
/** White space or a control character, which `domainToASCII` would silently drop. */
const NOT_PRINTED = /[\s\p{Cc}]/u;
const ASCII = /^\p{ASCII}*$/u;

/**
 * Whether the text can be a host's name. Unlike in the seed, names with a dot at their end, with an internationalised
 * top-level domain or with characters beyond ASCII can; a name that ends in a number cannot (it would be taken for
 * an IPv4 address), nor one that is too long. Nothing is looked up.
 */
export function isHostname(text: string): boolean {
  if (NOT_PRINTED.test(text)) return false;
  const ascii = ASCII.test(text) ? text : domainToASCII(text);
  const name = ascii.endsWith('.') ? ascii.slice(0, -1) : ascii;
  const labels = name.split('.');
  if (name.length > NAME_LIMIT || ALL_DIGITS.test(labels.at(-1) ?? '')) return false;
  return labels.every((label) => LABEL.test(label));
}

/** Whether the text is an IPv4 address: four decimal numbers from 0 to 255, unlike in the seed without leading zeros. */
export function isIpv4Address(text: string): boolean {
  return parseIpAddress(text)?.family === 4;
}

/** Whether the text is an IPv6 address (RFC 4291 §2.2), with or without `%zone`. The seed takes anything with a colon. */
export function isIpv6Address(text: string): boolean {
  return parseIpAddress(text)?.family === 6;
}
