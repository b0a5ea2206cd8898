import * as v from 'valibot';
import { call } from './define.ts';
import { periodEntries } from './path.ts';
import { maskedAddressSchema, maskOptionsSchema } from './privacy-mask.ts';
import { sessionSchema } from './sessions.ts';

/** What leaves the program and what comes into it: sessions in files, and files as sessions. */

/**
 * Forms of a session as text. `json`: all that is kept, to be imported again (docs/json.md). `csv`: every probe.
 * `hops`: the table of hops in CSV. `text` and `markdown`: the report, for people.
 * `html`: the report as one file that holds its charts and raw data and fetches nothing.
 */
export const EXPORT_FORMATS = ['json', 'csv', 'hops', 'text', 'markdown', 'html'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Probes of a report of which the raw data goes into its file; of more it would be too large to be sent anywhere. */
export const MOST_ATTACHED_PROBES = 3_000_000;

/** Longest piece of a file that is imported, in UTF-16 units: a message of the browser host holds it whatever it is made of. */
export const LONGEST_IMPORT_PIECE = 65_536;

/** Where the next piece begins; made by the engine, and to be given back as it is. */
const cursorSchema = v.object({
  /** Rounds of the session that are exported. */
  first: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  end: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  /** The first that was not told yet. */
  at: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
});
export type ExportCursor = v.InferOutput<typeof cursorSchema>;

export const exportsContract = {
  /**
   * A session, or a period of it, as text, piece by piece: ask without a cursor first, then with the one that was
   * given, until none is. Rounds that begin meanwhile are not in it.
   */
  piece: call(
    v.object({
      sessionId: v.string(),
      ...periodEntries,
      format: v.picklist(EXPORT_FORMATS),
      /** What is not told, of `html` and `json` only; null: everything is. */
      mask: v.optional(v.nullable(maskOptionsSchema), null),
      cursor: v.optional(v.nullable(cursorSchema), null),
    }),
    v.object({ text: v.string(), next: v.nullable(cursorSchema) }),
  ),
  /** What would be masked, in the order of its labels; to be looked at before anything is saved. */
  masked: call(
    v.object({ sessionId: v.string(), ...periodEntries, mask: maskOptionsSchema }),
    v.object({ addresses: v.array(maskedAddressSchema) }),
  ),
  /**
   * The next piece of a file that is to become a session. The first has no `importId`, and is given one. With `isLast`
   * the session is there, and told of; before that, and when a piece is refused, nothing of it is. An import of which
   * nothing is heard for a minute is over.
   */
  importPiece: call(
    v.object({
      importId: v.optional(v.nullable(v.string()), null),
      text: v.pipe(v.string(), v.maxLength(LONGEST_IMPORT_PIECE)),
      isLast: v.boolean(),
    }),
    v.object({ importId: v.string(), session: v.nullable(sessionSchema) }),
  ),
  /** Nothing more comes: nothing of it is kept. */
  abandonImport: call(v.object({ importId: v.string() }), v.null()),
} as const;
