import {
  NEWEST_SESSION_FORMAT,
  type Read,
  readSessionChunk,
  readSessionHead,
  type SessionHead,
  versionOfHead,
} from '../../../contract/session-file.ts';
import type { KeptRounds } from '../../engine/path/kept-rounds.ts';
import { type ChunkPlace, RefusedFileError, roundsOfChunk } from './session-chunk.ts';
import { CLOSING, isHeadLine, jsonOfHeadLine } from './session-json.ts';

/**
 * Longest JSON that is read at once: some thirty bytes of memory may become of each letter. A line of a file that Hopscope
 * wrote is shorter: 256 hop limits of a chunk, or ten thousand events.
 */
const LONGEST_JSON = 32 * 1_024 * 1_024;

/** A file that is not in the lines that Hopscope writes (a log, or one that was formatted anew) is read in one piece. */
const LONGEST_WHOLE = 128 * 1_024 * 1_024;

const TOO_LONG = 'is not in the lines that Hopscope writes, and too long to be read at once';

/** Who is told what is in a file, in order. */
export interface SessionFileListener {
  onHead(head: SessionHead): void;
  onRounds(rounds: KeptRounds): void;
}

/** Makes of the whole text of another program, and of its JSON if it is any, what the file of a session holds; or throws. */
type Foreign = (text: string, parsed: unknown) => object;

/**
 * Reads the file of a session as it comes, piece by piece. Every method throws {@link RefusedFileError} once something in
 * it is wrong; what was told until then is to be thrown away.
 */
export class SessionFileReader {
  readonly #listener: SessionFileListener;
  readonly #foreign: Foreign;
  /** Parts of the line that has not ended yet. */
  #rest: string[] = [];
  #restLength = 0;
  /** Lines done. */
  #lines = 0;
  #length = 0;
  #state: 'first-line' | 'chunks' | 'closed' | 'whole' = 'first-line';
  readonly #whole: string[] = [];
  #head: SessionHead | null = null;
  #place: ChunkPlace = { firstRound: 0, lastBegan: 0, gapsBefore: 0 };

  constructor(listener: SessionFileListener, foreign: Foreign) {
    this.#listener = listener;
    this.#foreign = foreign;
  }

  push(text: string): void {
    this.#length += text.length;
    if (this.#state === 'whole') {
      this.#keep(text);
      return;
    }
    const lines = text.split('\n');
    const last = lines.pop() ?? '';
    for (const [index, end] of lines.entries()) {
      const line = index === 0 ? this.#takeRest(end) : end;
      if (this.#state === 'first-line' && !isHeadLine(line)) {
        this.#state = 'whole';
        this.#keep([line, ...lines.slice(index + 1), last].join('\n'));
        return;
      }
      this.#readLine(line);
    }
    this.#rest.push(last);
    this.#restLength += last.length;
    if (this.#restLength > LONGEST_JSON) throw new RefusedFileError(this.#where(), 'is too long');
  }

  #takeRest(end = ''): string {
    const line = [...this.#rest, end].join('');
    this.#rest = [];
    this.#restLength = 0;
    return line;
  }

  /** Nothing more comes. */
  end(): void {
    if (this.#length === 0) throw new RefusedFileError('the file', 'is empty');
    const rest = this.#takeRest();
    if (this.#state === 'first-line') {
      this.#state = 'whole';
      this.#keep(rest);
    } else if (rest.trim() !== '') {
      this.#readLine(rest);
    }
    if (this.#state === 'whole') this.#readWhole(this.#whole.join(''));
    else if (this.#state !== 'closed') throw new RefusedFileError(this.#where(), 'is missing: the file ends too soon');
  }

  #keep(text: string): void {
    if (this.#length > LONGEST_WHOLE) throw new RefusedFileError('the file', TOO_LONG);
    this.#whole.push(text);
  }

  #where(): string {
    return `line ${(this.#lines + 1).toLocaleString('en')}`;
  }

  #readLine(line: string): void {
    const at = this.#where();
    switch (this.#state) {
      case 'first-line':
        this.#readHead(parse(jsonOfHeadLine(line), at), at);
        this.#state = 'chunks';
        break;
      case 'chunks':
        if (line === CLOSING) {
          this.#close(at);
        } else {
          this.#readChunk(parse(line.endsWith(',') ? line.slice(0, -1) : line, at), at);
        }
        break;
      case 'closed':
        if (line.trim() !== '') throw new RefusedFileError(at, 'comes after the end');
        break;
      case 'whole':
        break;
    }
    this.#lines += 1;
  }

  #readWhole(text: string): void {
    const isJson = text.trimStart().startsWith('{');
    if (isJson && text.length > LONGEST_JSON) throw new RefusedFileError('the file', TOO_LONG);
    const value = isJson ? tryParse(text) : undefined;
    const isOwn = isObject(value) && value['format'] === 'hopscope-session';
    const { chunks, ...head }: Record<string, unknown> = isOwn ? value : { ...this.#foreign(text, value) };
    this.#readHead(head, 'the file');
    if (!isList(chunks)) throw new RefusedFileError('chunks', 'is no list');
    let index = 0;
    for (const chunk of chunks) {
      this.#readChunk(chunk, `chunks.${index}`);
      index += 1;
    }
    this.#close('the file');
  }

  #readHead(value: unknown, at: string): void {
    if (isObject(value) && typeof value['version'] === 'number' && value['version'] > NEWEST_SESSION_FORMAT) {
      throw new RefusedFileError(`${at}, version`, `is ${value['version']}: the file is of a newer Hopscope`);
    }
    const head = checked(readSessionHead(value), at);
    if (head.version !== versionOfHead(head)) {
      throw new RefusedFileError(
        `${at}, version`,
        `is ${head.version}, where it must be ${versionOfHead(head)} by what is in it`,
      );
    }
    if (head.isMasked) {
      throw new RefusedFileError(
        `${at}, isMasked`,
        'is true: its addresses were masked, so that it can be read but not imported',
      );
    }
    const limits = head.responders.map(({ hopLimit }) => hopLimit);
    if (new Set(limits).size < limits.length) throw new RefusedFileError(`${at}, responders`, 'has a hop limit twice');
    for (const { hopLimit, last, rejections } of head.responders) {
      if (hopLimit > head.maxHops)
        throw new RefusedFileError(`${at}, responders`, `has hop limit ${hopLimit}, above maxHops`);
      if (rejections.some(({ responder }) => responder > last.length)) {
        throw new RefusedFileError(`${at}, responders`, `names a responder at hop limit ${hopLimit} that is not there`);
      }
    }
    this.#head = head;
    this.#listener.onHead(head);
  }

  #readChunk(value: unknown, at: string): void {
    const head = this.#head;
    if (head === null) throw new RefusedFileError(at, 'comes before everything else');
    if (this.#place.firstRound >= head.rounds) {
      throw new RefusedFileError(at, `is beyond the ${head.rounds.toLocaleString('en')} rounds of the file`);
    }
    const chunk = checked(readSessionChunk(value), at);
    let rounds: KeptRounds;
    try {
      rounds = roundsOfChunk(chunk, head, this.#place);
    } catch (error) {
      throw error instanceof RefusedFileError ? new RefusedFileError(`${at}, ${error.place}`, error.reason) : error;
    }
    this.#place = {
      firstRound: this.#place.firstRound + rounds.count,
      lastBegan: chunk.beganAtEpochMs.at(-1) ?? 0,
      gapsBefore: chunk.gapsBefore.at(-1)?.[1] ?? 0,
    };
    this.#listener.onRounds(rounds);
  }

  #close(at: string): void {
    const { rounds = 0 } = this.#head ?? {};
    if (this.#place.firstRound < rounds) {
      const [has, told] = [this.#place.firstRound, rounds].map((number) => number.toLocaleString('en'));
      throw new RefusedFileError(at, `ends after ${has} of ${told} rounds`);
    }
    this.#state = 'closed';
  }
}

/** The value in its shape: nothing that is not listed there, `__proto__` least of all, is in what comes out. */
function checked<T>(read: Read<T>, at: string): T {
  if (read.ok) return read.value;
  throw new RefusedFileError(read.place === null ? at : `${at}, ${read.place}`, read.reason);
}

function parse(text: string, at: string): unknown {
  const value = tryParse(text);
  if (value === undefined) throw new RefusedFileError(at, 'is no JSON');
  return value;
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A list of JSON, or one that is made while it is read. */
function isList(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
