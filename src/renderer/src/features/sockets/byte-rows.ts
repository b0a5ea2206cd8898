import type { ToldMessage } from '../../../../contract/sockets.ts';

/** Bytes of one field in one row of a dump. */
export interface ByteRun {
  /** Place of the field among the message's. */
  readonly field: number;
  /** `45 00 00 54`, or `·· ··` where they are not known. */
  readonly hex: string;
  /** The same as characters, a dot for each that none would show. */
  readonly text: string;
}

export interface ByteRow {
  /** Of the first byte, four hexadecimal digits. */
  readonly offset: string;
  readonly runs: readonly ByteRun[];
}

const BYTES_IN_ROW = 16;

/** The rows of a hex dump, each byte with the field that it belongs to; the first `limit` bytes. */
export function byteRows({ hex, fields }: ToldMessage, limit: number): readonly ByteRow[] {
  const bytes = (hex.match(/../g) ?? []).slice(0, limit);
  const rows: { offset: string; runs: ByteRun[] }[] = [];
  fields.forEach(({ name, startByte, endByte, value }, field) => {
    const isUnknown = name === 'checksum' && value === null;
    for (let at = startByte; at < Math.min(endByte, bytes.length); ) {
      const row = Math.floor(at / BYTES_IN_ROW);
      const until = Math.min(endByte, bytes.length, (row + 1) * BYTES_IN_ROW);
      const run = bytes.slice(at, until);
      rows[row] ??= { offset: (row * BYTES_IN_ROW).toString(16).padStart(4, '0'), runs: [] };
      rows[row].runs.push({
        field,
        hex: run.map((pair) => (isUnknown ? '··' : pair)).join(' '),
        text: run.map((pair) => (isUnknown ? '·' : characterOf(Number.parseInt(pair, 16)))).join(''),
      });
      at = until;
    }
  });
  return rows;
}

function characterOf(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
}
