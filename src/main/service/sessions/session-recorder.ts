import { type Happening, MOST_HAPPENINGS } from '../../../contract/happening.ts';
import type { StoreState } from '../../../contract/sessions.ts';
import { milliseconds } from '../../../contract/units.ts';
import type { Clock } from '../../base/clock.ts';
import { Emitter } from '../../base/emitter.ts';
import { JournalledRecording } from '../../engine/path/journal/journalled-recording.ts';
import type { PathRecording } from '../../engine/path/recording.ts';
import type {
  ClosedIncident,
  KnownBefore,
  NamedAddress,
  OpenedIncident,
  PathFacts,
  RecordingOrder,
} from './keeper-calls.ts';
import type { KeeperLink } from './keeper-link.ts';

/**
 * From one writing to the next. Twice a second keeps the loss of a killed program below a second with room for the way to
 * the disk.
 */
export const WRITE_INTERVAL = milliseconds(500);

/** Batches under way to the keeper; while it is so far behind, what happens waits here, in few bytes. */
const MOST_UNDER_WAY = 20;

/** What is asked of a path whenever a batch is made. */
export interface PathFactsReader {
  facts(): PathFacts;
  /** All names known by now. */
  names(): readonly NamedAddress[];
  /** Is told what is known from before the recording began, soon after that. */
  onKnown(known: KnownBefore): void;
}

interface Session {
  /** Of the flight recorder, which records what it was told to whatever a person keeps otherwise. */
  readonly isFlight: boolean;
  readonly journal: JournalledRecording;
  readonly reader: PathFactsReader;
  /** As last sent. */
  facts: PathFacts | null;
  readonly named: Map<string, NamedAddress>;
  /** Not handed over yet. */
  happenings: Happening[];
}

/** Hands what paths measure to the keeper of sessions, a batch of each twice a second; one timer for all. */
export class SessionRecorder implements Disposable {
  /** Something about the sessions has changed. */
  readonly onChange = new Emitter<void>();
  readonly #clock: Clock;
  readonly #keeper: KeeperLink;
  readonly #isSimulated: boolean;
  readonly #sessions = new Map<string, Session>();
  #isOn = true;
  #timer: Disposable | null = null;
  #underWay = 0;

  constructor({ clock, keeper }: { readonly clock: Clock; readonly keeper: KeeperLink }, isSimulated: boolean) {
    this.#clock = clock;
    this.#keeper = keeper;
    this.#isSimulated = isSimulated;
  }

  /** Whether anything is kept. */
  get isOn(): boolean {
    return this.#isOn;
  }

  /** Off: nothing more is kept, and the sessions are over. On: paths begun from now on are kept. */
  turn(isOn: boolean): void {
    this.#isOn = isOn;
    if (!isOn) for (const [pathId, { isFlight }] of [...this.#sessions]) if (!isFlight) this.end(pathId);
    this.onChange.emit();
  }

  /** Begins to keep what a recording is told; gives the one to be told in its place, which is the same while nothing is kept. */
  begin(order: Omit<RecordingOrder, 'isSimulated'>, recording: PathRecording, reader: PathFactsReader): PathRecording {
    const isFlight = order.closeIntervalMs !== null;
    if (!this.#isOn && !isFlight) return recording;
    const journal = new JournalledRecording(recording);
    this.#sessions.set(order.pathId, { isFlight, journal, reader, facts: null, named: new Map(), happenings: [] });
    void this.#keeper.call('begin', { ...order, isSimulated: this.#isSimulated }).then((known) => {
      if (known.ok && known.value !== null && this.#sessions.has(order.pathId)) reader.onKnown(known.value);
    });
    this.#timer ??= this.#clock.after(WRITE_INTERVAL, () => this.#tick());
    return journal;
  }

  /** An incident begins on a path of the flight recorder; what was measured until now belongs before it. */
  openIncident(opened: OpenedIncident): void {
    if (!this.#sessions.has(opened.pathId)) return;
    this.flush();
    void this.#keeper.call('openIncident', opened).then(() => this.onChange.emit());
  }

  closeIncident(closed: ClosedIncident): void {
    if (!this.#sessions.has(closed.pathId)) return;
    this.flush();
    void this.#keeper.call('closeIncident', closed).then(() => this.onChange.emit());
  }

  /** Something happened to the machine while the path was measured. */
  note(pathId: string, happening: Happening): void {
    const session = this.#sessions.get(pathId);
    if (session === undefined) return;
    session.happenings.push(happening);
    // The keeper does not take what is told, and of what waits for it the newest is kept.
    if (session.happenings.length > MOST_HAPPENINGS) session.happenings.shift();
  }

  /** The path is measured no longer, and the session is over. */
  end(pathId: string): void {
    if (!this.#sessions.has(pathId)) return;
    this.flush();
    this.#sessions.get(pathId)?.journal.stop();
    this.#sessions.delete(pathId);
    void this.#keeper.call('end', { pathId, isOver: true }).then(() => this.onChange.emit());
  }

  /** Hands over what there is now, so that whatever is asked of the keeper afterwards is answered with it. */
  flush(): void {
    const batches = [...this.#sessions]
      .map(([pathId, session]) => ({
        pathId,
        bytes: session.journal.take(),
        facts: newFacts(session),
        names: newNames(session),
        happenings: session.happenings.splice(0),
      }))
      .filter(
        ({ bytes, facts, names, happenings }) =>
          bytes !== null || facts !== null || names.length > 0 || happenings.length > 0,
      );
    if (batches.length === 0) return;
    this.#underWay += 1;
    const buffers = batches.flatMap(({ bytes }) => (bytes === null ? [] : [bytes.buffer]));
    void this.#keeper.call('append', batches, buffers).then(() => {
      this.#underWay -= 1;
      this.onChange.emit();
    });
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = null;
    this.flush();
    this.#sessions.clear();
  }

  #tick(): void {
    this.#timer = null;
    if (this.#underWay < MOST_UNDER_WAY) this.flush();
    if (this.#sessions.size > 0) this.#timer = this.#clock.after(WRITE_INTERVAL, () => this.#tick());
  }
}

function newFacts(session: Session): PathFacts | null {
  const facts = session.reader.facts();
  const { facts: sent } = session;
  if (sent !== null && Object.entries(facts).every(([key, value]) => sent[key as keyof PathFacts] === value))
    return null;
  session.facts = facts;
  return facts;
}

function newNames({ reader, named }: Session): NamedAddress[] {
  return reader.names().filter((each) => {
    const sent = named.get(each.address);
    if (sent !== undefined && sent.name === each.name && sent.asn === each.asn) return false;
    named.set(each.address, each);
    return true;
  });
}

/** What is said of the store where nothing is kept. */
export const NOTHING_KEPT: StoreState = { file: null, bytes: 0, mode: 'off', trouble: null, lostBatches: 0 };
