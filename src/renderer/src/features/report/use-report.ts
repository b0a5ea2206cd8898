import { useCallback, useEffect, useState } from 'react';
import type { ExportCursor } from '../../../../contract/exports.ts';
import type { Failure } from '../../../../contract/failure.ts';
import type { MaskedAddress } from '../../../../contract/privacy-mask.ts';
import type { EngineClient } from '../../connection/engine-client.ts';
import { saveParts } from '../../ui/save-text.ts';
import { fileNameOf, maskOf, periodOf, type ReportChoices, type ReportSubject, shownTitle } from './report-choices.ts';

/** What is known of the session that is to be saved. */
export type FoundSession =
  | { readonly state: 'asking' }
  /** The path is measured, but nothing of it is kept. */
  | { readonly state: 'not-kept' }
  | { readonly state: 'found'; readonly sessionId: string };

export interface ReportWork {
  readonly found: FoundSession;
  /** Null while it is asked for, and where nothing is masked. */
  readonly masked: readonly MaskedAddress[] | null;
  /** Whether all that is to be known before saving is there. */
  readonly isPreviewed: boolean;
  readonly failure: Failure | null;
  readonly isSaving: boolean;
  /** Asks for all of the file and hands it to the browser or the window to be saved. Gives whether it was. */
  readonly save: () => Promise<boolean>;
}

/** Finds the session of a subject, asks what would be masked, and saves. */
export function useReport(client: EngineClient | null, subject: ReportSubject, choices: ReportChoices): ReportWork {
  const [found, setFound] = useState<FoundSession>({ state: 'asking' });
  const [masked, setMasked] = useState<readonly MaskedAddress[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isSaving, setIsSaving] = useState(false);
  const { of } = subject;
  const sessionId = found.state === 'found' ? found.sessionId : null;

  useEffect(() => {
    if ('sessionId' in of) {
      setFound({ state: 'found', sessionId: of.sessionId });
      return;
    }
    setFound({ state: 'asking' });
    if (client === null) return;
    return client.sessions.list(
      {},
      {
        onEvent: ({ sessions }) => {
          const own = sessions.find(({ pathId }) => pathId === of.pathId);
          const next: FoundSession =
            own === undefined ? { state: 'not-kept' } : { state: 'found', sessionId: own.sessionId };
          setFound((before) => (before.state === 'found' ? before : next));
        },
        onEnd: (why) => setFailure(why),
      },
    );
  }, [client, of]);

  useEffect(() => {
    const mask = maskOf(choices);
    setMasked(null);
    if (client === null || sessionId === null || mask === null) return;
    let isWanted = true;
    void client.exports.masked({ sessionId, ...periodOf(subject, choices), mask }).then((told) => {
      if (!isWanted) return;
      setMasked(told.ok ? told.value.addresses : null);
      setFailure(told.ok ? null : told.failure);
    });
    return () => {
      isWanted = false;
    };
  }, [client, sessionId, subject, choices]);

  const isPreviewed = masked !== null || maskOf(choices) === null;
  const title = shownTitle(subject.title, masked);
  const save = useCallback(async () => {
    if (client === null || sessionId === null || !isPreviewed) return false;
    setIsSaving(true);
    const parts = await collect(client, sessionId, subject, choices);
    setIsSaving(false);
    setFailure(parts.ok ? null : parts.failure);
    if (parts.ok) saveParts(parts.value, fileNameOf(title, choices.format, Date.now()), TYPES[choices.format]);
    return parts.ok;
  }, [client, sessionId, subject, choices, isPreviewed, title]);

  return { found, masked, isPreviewed, failure, isSaving, save };
}

const TYPES = {
  html: 'text/html',
  text: 'text/plain',
  markdown: 'text/markdown',
  hops: 'text/csv',
  csv: 'text/csv',
  json: 'application/json',
} as const;

type Parts = { readonly ok: true; readonly value: string[] } | { readonly ok: false; readonly failure: Failure };

async function collect(
  client: EngineClient,
  sessionId: string,
  subject: ReportSubject,
  choices: ReportChoices,
): Promise<Parts> {
  const asked = { sessionId, ...periodOf(subject, choices), format: choices.format, mask: maskOf(choices) };
  const value: string[] = [];
  let cursor: ExportCursor | null = null;
  do {
    const piece = await client.exports.piece({ ...asked, cursor });
    if (!piece.ok) return piece;
    value.push(piece.value.text);
    cursor = piece.value.next;
  } while (cursor !== null);
  return { ok: true, value };
}
