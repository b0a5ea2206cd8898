import { Anchor, Button, VisuallyHidden } from '@mantine/core';
import { useMemo, useRef, useSyncExternalStore } from 'react';
import type { Comparison } from '../../../../contract/comparison.ts';
import { describeFailure } from '../../../../contract/describe-failure.ts';
import type { Platform } from '../../../../contract/system.ts';
import type { EngineClient } from '../../connection/engine-client.ts';
import { FailureNotice } from '../../failures/FailureNotice.tsx';
import { formatQuantity } from '../../format/count.ts';
import type { PeriodAddress } from '../../live-store/session-address.ts';
import type { SessionStore } from '../../live-store/session-store.ts';
import { ChevronLeftIcon } from '../../ui/icons.tsx';
import { PictureMenu } from '../../ui/PictureMenu.tsx';
import { StatusBadge, type Tone } from '../../ui/StatusBadge.tsx';
import { type PictureForm, takePicture } from '../../ui/take-picture.ts';
import { useCopy } from '../../ui/use-copy.ts';
import { CompareTable } from './CompareTable.tsx';
import classes from './CompareView.module.css';
import { measuredWords } from './compare-periods.ts';
import { compareRows } from './compare-rows.ts';
import { PeriodPicker } from './PeriodPicker.tsx';
import { SplitForm } from './SplitForm.tsx';
import type { SessionHrefs } from './session-hrefs.ts';
import { useComparison } from './use-comparison.ts';

interface CompareViewProps {
  /** Null while there is no engine. */
  readonly client: EngineClient | null;
  readonly store: SessionStore;
  readonly platform: Platform;
  readonly hrefs: SessionHrefs;
  /** Null while it is not chosen. */
  readonly before: PeriodAddress | null;
  readonly after: PeriodAddress | null;
  readonly onPick: (before: PeriodAddress | null, after: PeriodAddress | null) => void;
}

const OUTCOMES: Readonly<Record<Comparison['outcome'], { readonly tone: Tone; readonly label: string }>> = {
  better: { tone: 'good', label: 'Better' },
  worse: { tone: 'bad', label: 'Worse' },
  mixed: { tone: 'trouble', label: 'Better in one, worse in the other' },
  same: { tone: 'good', label: 'As before' },
  unclear: { tone: 'resting', label: 'Cannot be told' },
};

/** Two sessions, or two periods of one: what has changed, and how sure that is. */
export function CompareView({ client, store, platform, hrefs, before, after, onPick }: CompareViewProps) {
  const list = useSyncExternalStore(store.subscribe, store.getList);
  const sessions = list?.sessions ?? [];
  const { comparison, failure, isAsking } = useComparison(client, before, after);
  const rows = useMemo(() => (comparison === null ? [] : compareRows(comparison)), [comparison]);
  const tableRef = useRef<HTMLDivElement>(null);
  const copying = useCopy();
  const sideWords = (side: Comparison['before']) => {
    const isSimulated = sessions.find(({ sessionId }) => sessionId === side.sessionId)?.isSimulated === true;
    return `${isSimulated ? 'Simulated internet, ' : ''}${side.target}, ${measuredWords(side)}`;
  };
  const savePicture = ({ before: first, after: second }: Comparison, form: PictureForm) =>
    void takePicture(copying, tableRef.current, form, {
      caption: `Before: ${sideWords(first)}. After: ${sideWords(second)}`,
      what: 'the comparison as a picture',
      fileName: ['comparison of', first.target],
    });
  const only = before !== null && before.sessionId === after?.sessionId ? before.sessionId : null;
  const split = sessions.find(({ sessionId }) => sessionId === only);
  return (
    <>
      <div className={classes.head}>
        <Anchor href={hrefs.sessions} className={classes.back} underline="hover">
          <ChevronLeftIcon size={13} /> All sessions
        </Anchor>
        <h3 className={classes.title}>Compare</h3>
      </div>
      <section className={classes.card} aria-label="What is compared">
        <div className={classes.pickers}>
          <PeriodPicker side="Before" sessions={sessions} period={before} onPick={(period) => onPick(period, after)} />
          <PeriodPicker side="After" sessions={sessions} period={after} onPick={(period) => onPick(before, period)} />
        </div>
        <div className={classes.tools}>
          {split !== undefined && (
            <SplitForm
              key={split.sessionId}
              session={split}
              atEpochMs={before?.toEpochMs ?? null}
              onSplit={([first, second]) => onPick(first, second)}
            />
          )}
          <Button
            size="xs"
            variant="default"
            disabled={before === null || after === null}
            onClick={() => onPick(after, before)}
          >
            Swap before and after
          </Button>
        </div>
      </section>
      {failure !== null && <FailureNotice explanation={describeFailure(failure, platform)} />}
      {(before === null || after === null) && <p className={classes.waiting}>Choose what is compared with what.</p>}
      {isAsking && <p className={classes.waiting}>Comparing…</p>}
      {comparison !== null && (
        <>
          <section className={classes.conclusion} aria-label="Conclusion" data-outcome={comparison.outcome}>
            <StatusBadge {...OUTCOMES[comparison.outcome]} />
            <p className={classes.sentence}>{comparison.sentence}</p>
            <dl className={classes.sides}>
              <Side name="Before" side={comparison.before} hrefs={hrefs} />
              <Side name="After" side={comparison.after} hrefs={hrefs} />
            </dl>
          </section>
          <div className={classes.card}>
            <div className={classes.tableTools}>
              <PictureMenu name="Picture of the comparison" onChoose={(form) => savePicture(comparison, form)} />
            </div>
            <div ref={tableRef} className={classes.compared}>
              <CompareTable rows={rows} />
            </div>
            <p className={classes.method}>
              Hops stand side by side by who answers there. Differences are after less before. Loss is tested as two
              proportions, round trips by Mann and Whitney; both take probes to be independent, so that only p ≤ 0.01
              counts.
            </p>
          </div>
        </>
      )}
      <VisuallyHidden role="status">{copying.outcome}</VisuallyHidden>
    </>
  );
}

interface SideProps {
  readonly name: string;
  readonly side: Comparison['before'];
  readonly hrefs: SessionHrefs;
}

function Side({ name, side, hrefs }: SideProps) {
  const { sessionId, target, destination, fromEpochMs, toEpochMs, rounds } = side;
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Anchor inherit href={hrefs.openAt({ sessionId, fromEpochMs, toEpochMs })}>
          {target}
        </Anchor>
        {destination !== target && ` (${destination})`}, {measuredWords(side)}, {formatQuantity(rounds, 'round')}
      </dd>
    </div>
  );
}
