/**
 * Values as text, between Node and a page and between two worlds of one page: what structured cloning copies, as far
 * as this app's messages need it. The function's source is also sent into the page, so it may use nothing outside itself.
 */

export interface Codec {
  /** @throws {Error} for a function or a symbol, unless `special` gives a stand-in for it */
  encode(value: unknown, special?: (value: unknown) => object | undefined): unknown;
  decode(encoded: unknown, revive?: (tag: Readonly<Record<string, unknown>>) => unknown): unknown;
}

export function createCodec(): Codec {
  // An object with a `$` is a tag; a plain object that has such a key of its own is written as pairs.
  const encode = (value: unknown, special: (value: unknown) => object | undefined, depth: number): unknown => {
    if (depth > 1_000) throw new Error('An object could not be cloned: it is nested too deeply.');
    const standIn = special(value);
    if (standIn !== undefined) return standIn;
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (value === undefined) return { $: 'undefined' };
    if (typeof value === 'number') return Number.isFinite(value) ? value : { $: 'number', text: String(value) };
    if (typeof value === 'bigint') return { $: 'bigint', text: String(value) };
    if (typeof value !== 'object') throw new Error('An object could not be cloned.');
    const inner = (part: unknown) => encode(part, special, depth + 1);
    if (Array.isArray(value)) return value.map(inner);
    if (value instanceof Date) return { $: 'date', time: value.getTime() };
    if (value instanceof Error) return { $: 'error', name: value.name, message: value.message };
    if (value instanceof Map) return { $: 'map', pairs: [...value].map(inner) };
    if (value instanceof Set) return { $: 'set', values: [...value].map(inner) };
    if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      return { $: 'view', type: value.constructor.name, bytes: [...bytes] };
    }
    if (value instanceof ArrayBuffer) return { $: 'buffer', bytes: [...new Uint8Array(value)] };
    const pairs = Object.entries(value).map(([key, part]) => [key, inner(part)] as const);
    return Object.hasOwn(value, '$') ? { $: 'object', pairs } : Object.fromEntries(pairs);
  };
  const decode = (encoded: unknown, revive: (tag: Readonly<Record<string, unknown>>) => unknown): unknown => {
    if (encoded === null || typeof encoded !== 'object') return encoded;
    const inner = (part: unknown) => decode(part, revive);
    if (Array.isArray(encoded)) return encoded.map(inner);
    // biome-ignore lint/suspicious/noExplicitAny: the shape follows from the tag, which encode() wrote
    const tag = encoded as any;
    const bytes = () => Uint8Array.from(tag.bytes as number[]);
    switch (tag.$) {
      case undefined:
        return Object.fromEntries(Object.entries(encoded).map(([key, part]) => [key, inner(part)]));
      case 'undefined':
        return undefined;
      case 'number':
        return Number(tag.text);
      case 'bigint':
        return BigInt(tag.text);
      case 'date':
        return new Date(tag.time);
      case 'error':
        return Object.assign(new Error(tag.message), { name: tag.name });
      case 'map':
        return new Map(tag.pairs.map(inner));
      case 'set':
        return new Set(tag.values.map(inner));
      case 'buffer':
        return bytes().buffer;
      case 'view':
        return Reflect.construct(Reflect.get(globalThis, tag.type), [bytes().buffer]);
      case 'object':
        return Object.fromEntries(tag.pairs.map(([key, part]: [string, unknown]) => [key, inner(part)]));
      default:
        return revive(tag);
    }
  };
  return {
    encode: (value, special = () => undefined) => encode(value, special, 0),
    decode: (encoded, revive = (tag) => tag) => decode(encoded, revive),
  };
}
