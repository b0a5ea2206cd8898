import type { Comparison } from '../../../contract/comparison.ts';
import type { ExportCursor } from '../../../contract/exports.ts';
import type { Result } from '../../../contract/failure.ts';
import type { Anomaly, FlightPart, IncidentEnd } from '../../../contract/flight.ts';
import type { Happening } from '../../../contract/happening.ts';
import type { Branches, PathMtu, PathReport, RouteChange } from '../../../contract/path.ts';
import type { MaskedAddress, MaskOptions } from '../../../contract/privacy-mask.ts';
import type { MomentComment, Session, StoreState } from '../../../contract/sessions.ts';
import type { Timeline } from '../../../contract/timeline.ts';
import type { Period } from '../period.ts';
import type { RetentionLimits } from './session-retention.ts';

/** What the program asks of the keeper of sessions, which may live in another thread: values only, nothing is thrown. */

/** A path whose rounds are to be kept from now on. */
export interface RecordingOrder {
  readonly pathId: string;
  readonly target: string;
  readonly destination: string;
  readonly family: 4 | 6;
  readonly intervalMs: number;
  readonly maxHops: number;
  readonly isSimulated: boolean;
  /** Of the flight recorder: how far rounds lie apart where the rate is raised. Null: a path that a person watches. */
  readonly closeIntervalMs: number | null;
  /** Session time of its begin. */
  readonly atEpochMs: number;
}

/** An incident on a path of the flight recorder, in session time. */
export interface OpenedIncident {
  readonly pathId: string;
  readonly fromEpochMs: number;
  readonly seen: Anomaly;
}

export interface ClosedIncident {
  readonly pathId: string;
  readonly toEpochMs: number;
  readonly end: Extract<IncidentEnd, 'calm' | 'lasting' | 'stopped'>;
}

/** The part of the flight recorder that a recording begins with. */
export function flightPartOf({ closeIntervalMs }: Pick<RecordingOrder, 'closeIntervalMs'>): FlightPart | null {
  return closeIntervalMs === null ? null : 'at-rest';
}

/** What is known of a destination of the flight recorder that has answered before its recording goes on. */
export interface KnownBefore {
  /** Its last round trips at rest, the oldest first. */
  readonly restRttsMs: readonly number[];
}

/** What is known of a path beside its rounds. */
export interface PathFacts {
  /** Title of the scenario when it is of a simulated internet; null in the network. */
  readonly simulated: string | null;
  readonly destinationHopLimit: number | null;
  /** Datagrams dropped on this machine since the path was begun. */
  readonly localDrops: number;
  readonly gateways: readonly string[];
  readonly pathMtu: PathMtu | null;
  readonly branches: Branches | null;
}

/** What is known of an address; null where it is not. */
export interface NamedAddress {
  readonly address: string;
  readonly name: string | null;
  readonly asn: { readonly number: number; readonly name: string | null } | null;
}

/** What happened to one path since the last batch. */
export interface Batch {
  readonly pathId: string;
  /** Of `JournalledRecording.take`. */
  readonly bytes: Uint8Array | null;
  /** Null where they are as they were. */
  readonly facts: PathFacts | null;
  /** Those learned since. */
  readonly names: readonly NamedAddress[];
  /** What happened to the machine since. */
  readonly happenings: readonly Happening[];
}

export interface PeriodOfSession extends Period {
  readonly sessionId: string;
}

export interface ListedSessions {
  readonly sessions: Session[];
  readonly store: StoreState;
}

/** Who makes a file, and where. */
export interface ExportingProgram {
  readonly version: string;
  /** Addresses of the interfaces of this machine. */
  readonly ownAddresses: readonly string[];
}

export interface ExportPiece {
  readonly text: string;
  /** Null after the last. */
  readonly next: ExportCursor | null;
}

interface Words {
  readonly sessionId: string;
  readonly name?: string | undefined;
  readonly comment?: string | undefined;
  readonly isPinned?: boolean | undefined;
}

/** Every call of the keeper, as it is answered in its own thread. */
export interface Keeper {
  /** Gives what is known of the destination from before; null when it is nothing. */
  begin(order: RecordingOrder): KnownBefore | null;
  append(batches: readonly Batch[]): StoreState;
  /** @param ended.isOver whether the same target, when it is measured again, begins another session */
  end(ended: { readonly pathId: string; readonly isOver: boolean }): null;
  openIncident(opened: OpenedIncident): null;
  closeIncident(closed: ClosedIncident): null;
  list(asked: null): ListedSessions;
  /** What is to be kept from now on. */
  retain(limits: RetentionLimits): null;
  report(asked: PeriodOfSession): Result<PathReport>;
  timeline(asked: PeriodOfSession & { readonly hopLimit: number; readonly columns: number }): Result<Timeline>;
  routes(asked: { readonly sessionId: string; readonly limit: number }): Result<{ changes: RouteChange[] }>;
  happenings(asked: { readonly sessionId: string }): Result<{ happenings: Happening[] }>;
  change(words: Words): Result<Session>;
  remove(asked: { readonly sessionIds: readonly string[] }): Result<null>;
  restore(asked: { readonly sessionIds: readonly string[] }): Result<null>;
  comments(asked: { readonly sessionId: string }): Result<{ comments: MomentComment[] }>;
  addComment(comment: {
    readonly sessionId: string;
    readonly atEpochMs: number;
    readonly text: string;
  }): Result<MomentComment>;
  compare(asked: { readonly before: PeriodOfSession; readonly after: PeriodOfSession }): Result<Comparison>;
  /** The next piece of a session as a file; the form is one of those that the keeper makes. */
  exportPiece(
    asked: PeriodOfSession & {
      readonly format: 'json' | 'csv' | 'html';
      readonly cursor: ExportCursor | null;
      readonly mask: MaskOptions | null;
      readonly by: ExportingProgram;
    },
  ): Result<ExportPiece>;
  /** What a mask would hide. */
  masked(
    asked: PeriodOfSession & { readonly mask: MaskOptions; readonly by: ExportingProgram },
  ): Result<{ addresses: MaskedAddress[] }>;
  importPiece(piece: {
    readonly importId: string | null;
    readonly text: string;
    readonly isLast: boolean;
  }): Result<{ importId: string; session: Session | null }>;
  abandonImport(asked: { readonly importId: string }): Result<null>;
  removeComment(asked: { readonly sessionId: string; readonly commentId: string }): Result<null>;
}
