import type { Dice } from './dice.ts';
import { oddNumber, oddString, PROTOTYPE_KEYS } from './junk.ts';
import { mutated } from './mutate.ts';

/** Files that somebody might give a person to import. */

export interface HostileFile {
  /** In what ways it is hostile. */
  readonly kinds: readonly string[];
  readonly bytes: Uint8Array;
}

/** Repetitions of what is short, as a file that was packed would have them: 10 to 300,000. */
function often(dice: Dice): number {
  return dice.between(1, 3) * 10 ** dice.between(1, dice.chance(0.05) ? 5 : 3);
}

/** What the parts of a file are: lines of a session, or of a log. */
type Spoil = (dice: Dice, text: string) => string;

const SPOILS: Readonly<Record<string, Spoil>> = {
  'values of JSON': spoiltJson,
  'values of a line': spoiltLine,
  'values of several lines': (dice, text) => [1, 2, 3].reduce((sum) => spoiltLine(dice, sum), text),
  'cut off': (dice, text) => text.slice(0, dice.between(0, text.length)),
  'letters in between': (dice, text) => inserted(dice, text, oddString(dice)),
  'numbers in place of others': (dice, text) => numbersReplaced(dice, text),
  'lines in another order': (dice, text) => {
    const lines = text.split('\n');
    const [from, to] = [dice.between(0, lines.length - 1), dice.between(0, lines.length - 1)];
    [lines[from], lines[to]] = [lines[to] ?? '', lines[from] ?? ''];
    return lines.join('\n');
  },
  'a line again and again': (dice, text) => {
    const lines = text.split('\n');
    const at = dice.between(0, lines.length - 1);
    const line = lines[at] ?? '';
    const times = Math.min(often(dice), Math.ceil(2_000_000 / (line.length + 1)));
    return [...lines.slice(0, at), ...Array.from({ length: times }, () => line), ...lines.slice(at)].join('\n');
  },
  'a part again and again': (dice, text) => {
    const from = dice.between(0, text.length);
    const part = text.slice(from, from + dice.between(1, 40));
    return inserted(dice, text, part.repeat(often(dice)));
  },
  'deep nesting': (dice, text) => inserted(dice, text, dice.pick(['[', '{"a":', '[{"__proto__":']).repeat(often(dice))),
  'keys of prototypes': (dice, text) =>
    text.replace(dice.pick(['{', ',"']), (found) =>
      found === '{' ? `{"${dice.pick(PROTOTYPE_KEYS)}":{"x":1},` : `,"${dice.pick(PROTOTYPE_KEYS)}":{"x":1}${found}`,
    ),
  'rounds claimed': (dice, text) =>
    text
      .replace(/"rounds":\d+/, () => `"rounds":${dice.pick([1e8, 99_999_999, 1e9, 4e9, 2 ** 53, '1e400', -1])}`)
      .replace(
        /^\d+ packets/m,
        () => `${dice.pick([300, 3_000, 5_000_000, 32_000_000, 4e9, '9'.repeat(300)])} packets`,
      ),
  'sequence numbers': (dice, text) =>
    text.replace(/(icmp_seq=|: \[)\d+/g, (whole, before: string) =>
      dice.chance(0.05) ? `${before}${dice.pick([0, 1, 2, 1_000, 65_535, 5e6, '9'.repeat(30)])}` : whole,
    ),
  'other ends of lines': (dice, text) => text.replaceAll('\n', dice.pick(['\r\n', '\r', '\n\n', '\u2028', ' \n'])),
  'two files in one': (dice, text) => `${text}${dice.chance(0.5) ? '' : '\ufeff'}${text}`,
  'nothing but repetition': (dice) =>
    dice.pick(['\n', ' ', '\u0000', '[', '{}', '"', '\\', '64 bytes from ']).repeat(often(dice)),
};

/** What spoils bytes, so that they are no UTF-8 any more. */
const BYTE_SPOILS: Readonly<Record<string, (dice: Dice, bytes: Buffer) => Buffer>> = {
  'bytes replaced': (dice, bytes) => {
    for (let times = dice.between(1, 20); times > 0 && bytes.length > 0; times -= 1) {
      bytes[dice.between(0, bytes.length - 1)] = dice.between(0, 255);
    }
    return bytes;
  },
  'broken UTF-8': (dice, bytes) => {
    const at = dice.between(0, bytes.length);
    const broken = dice.pick([
      [0xff, 0xfe],
      [0xc0, 0xaf],
      [0xed, 0xa0, 0x80],
      [0xf4, 0x90, 0x80, 0x80],
      [0xe2, 0x28],
    ]);
    return Buffer.concat([bytes.subarray(0, at), Buffer.from(broken), bytes.subarray(at)]);
  },
  'UTF-16': (_, bytes) => Buffer.from(`\ufeff${bytes.toString('utf8')}`, 'utf16le'),
  'random bytes': (dice) => Buffer.from(Array.from({ length: dice.between(0, 4_000) }, () => dice.between(0, 255))),
};

const KINDS = [...Object.keys(SPOILS), ...Object.keys(BYTE_SPOILS)];

/** One file more: a lawful one that was spoilt once or twice. */
export function hostileFile(dice: Dice, lawful: readonly string[]): HostileFile {
  let bytes: Buffer = Buffer.from(dice.pick(lawful));
  const kinds: string[] = [];
  for (let times = dice.chance(0.3) ? 2 : 1; times > 0; times -= 1) {
    const kind = dice.pick(KINDS);
    kinds.push(kind);
    const spoil = SPOILS[kind];
    bytes =
      spoil === undefined
        ? (BYTE_SPOILS[kind]?.(dice, bytes) ?? bytes)
        : Buffer.from(spoil(dice, bytes.toString('utf8')));
  }
  return { kinds, bytes };
}

function inserted(dice: Dice, text: string, part: string): string {
  const at = dice.between(0, text.length);
  return `${text.slice(0, at)}${part}${text.slice(at)}`;
}

function numbersReplaced(dice: Dice, text: string): string {
  const ratio = dice.pick([0.001, 0.01, 0.3]);
  return text.replace(/-?\d+(\.\d+)?/g, (number) => (dice.chance(ratio) ? String(oddNumber(dice)) : number));
}

function spoiltJson(dice: Dice, text: string): string {
  const parsed = parse(text);
  return parsed === undefined
    ? inserted(dice, text, oddString(dice))
    : JSON.stringify(mutated(dice, parsed, false), null, 1);
}

/** The file stays in the lines that the program writes, so that it is read line by line. */
function spoiltLine(dice: Dice, text: string): string {
  const lines = text.split('\n');
  const at = dice.between(0, Math.max(0, lines.length - 2));
  const line = lines[at] ?? '';
  const isHead = line.endsWith(',"chunks":[');
  const isLast = !line.endsWith(',');
  const parsed = parse(isHead ? `${line.slice(0, -',"chunks":['.length)}}` : isLast ? line : line.slice(0, -1));
  if (parsed === undefined) return inserted(dice, text, oddString(dice));
  const spoilt = JSON.stringify(mutated(dice, parsed, false)) ?? '';
  lines[at] = isHead ? `${spoilt.slice(0, -1)},"chunks":[` : `${spoilt}${isLast ? '' : ','}`;
  return lines.join('\n');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
