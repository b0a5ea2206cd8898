import { OutageChain } from '../../statistics/outage-chain.ts';
import { ByteReader, MalformedBytesError } from '../journal/byte-reader.ts';
import { ByteWriter } from '../journal/byte-writer.ts';
import { ROLL_UP_FAN_OUT, type RollUp } from '../roll-up.ts';

/** Up to this, a number from 0 on is its own byte. */
const GREATEST_BYTE = 249;
/** What follows instead: a whole number, a double, or a bucket (`RoundTrips.pack`) as distance from the last and count. */
const WHOLE = 250;
const DOUBLE = 251;
const BUCKET = 252;

const BUCKET_SCALE = 2 ** 32;
const GREATEST_WHOLE = 2 ** 31;

/** A roll-up as bytes. */
export function rollUpPage(rollUp: RollUp): Uint8Array {
  const writer = new ByteWriter();
  writeRollUp(rollUp, writer);
  return writer.take();
}

/**
 * The roll-up that `rollUpPage` was given.
 * @throws {MalformedBytesError} when the bytes are no such page
 */
export function rollUpOfPage(page: Uint8Array): RollUp {
  return readRollUp(new ByteReader(page));
}

/** The small roll-ups of a chunk as bytes, in order; null without any. */
export function smallRollUpsPage(rollUps: readonly (RollUp | null)[]): Uint8Array | null {
  if (rollUps.every((rollUp) => rollUp === null)) return null;
  const writer = new ByteWriter();
  for (const rollUp of rollUps) {
    writer.byte(rollUp === null ? 0 : 1);
    if (rollUp !== null) writeRollUp(rollUp, writer);
  }
  return writer.take();
}

/**
 * The roll-ups that `smallRollUpsPage` was given.
 * @throws {MalformedBytesError} when the bytes are no such page
 */
export function smallRollUpsOfPage(page: Uint8Array): readonly (RollUp | null)[] {
  const reader = new ByteReader(page);
  return Array.from({ length: ROLL_UP_FAN_OUT }, () => (reader.byte() === 0 ? null : readRollUp(reader)));
}

function writeRollUp({ summary, last, parts, outages }: RollUp, writer: ByteWriter): void {
  writeNumbers(summary, writer);
  writer.unsigned(last);
  writer.unsigned(parts?.length ?? 0);
  for (const part of parts ?? []) {
    writer.unsigned(part.responder);
    writeNumbers(part.summary, writer);
  }
  const packed = outages?.pack() ?? null;
  writer.byte(packed === null ? 0 : 1);
  if (packed !== null) writeNumbers(packed, writer);
}

function readRollUp(reader: ByteReader): RollUp {
  const summary = readNumbers(reader);
  const last = reader.unsigned();
  const count = reader.unsigned();
  const parts = Array.from({ length: count }, () => ({ responder: reader.unsigned(), summary: readNumbers(reader) }));
  const outages = reader.byte() === 0 ? null : OutageChain.unpack(readNumbers(reader));
  return { summary, last, parts: count === 0 ? null : parts, outages };
}

function writeNumbers(numbers: Float64Array, writer: ByteWriter): void {
  writer.unsigned(numbers.length);
  let bucket = 0;
  for (const value of numbers) {
    if (Object.is(value, -0) || !Number.isInteger(value)) {
      writer.byte(DOUBLE);
      writer.double(value);
    } else if (value >= 0 && value <= GREATEST_BYTE) writer.byte(value);
    else if (Math.abs(value) < GREATEST_WHOLE) {
      writer.byte(WHOLE);
      writer.signed(value);
    } else if (value >= BUCKET_SCALE && value < Number.MAX_SAFE_INTEGER) {
      const index = Math.floor(value / BUCKET_SCALE);
      writer.byte(BUCKET);
      writer.signed(index - bucket);
      writer.unsigned(value - index * BUCKET_SCALE);
      bucket = index;
    } else {
      writer.byte(DOUBLE);
      writer.double(value);
    }
  }
}

function readNumbers(reader: ByteReader): Float64Array {
  const numbers = new Float64Array(reader.unsigned());
  let bucket = 0;
  for (let place = 0; place < numbers.length; place += 1) {
    const first = reader.byte();
    if (first <= GREATEST_BYTE) numbers[place] = first;
    else if (first === WHOLE) numbers[place] = reader.signed();
    else if (first === DOUBLE) numbers[place] = reader.double();
    else if (first === BUCKET) {
      bucket += reader.signed();
      numbers[place] = bucket * BUCKET_SCALE + reader.unsigned();
    } else throw new MalformedBytesError(`No number begins with ${first}`);
  }
  return numbers;
}
