import { memo, useId, useMemo, useState } from 'react';
import type { Verdict } from '../../../../contract/verdict.ts';
import { formatQuantity } from '../../format/count.ts';
import { severityWord } from '../../format/severity.ts';
import { ChevronDownIcon } from '../../ui/icons.tsx';
import { SeverityMark } from '../../ui/SeverityMark.tsx';
import { useAnnouncement } from '../../ui/use-announcement.tsx';
import classes from './VerdictStrip.module.css';
import { bySeverity, evidenceLine, inLocalTime, placeOf } from './verdict-lines.ts';

/** What the program concludes: the worst in one sentence, and all of it, with its evidence, on opening. */
export const VerdictStrip = memo(function VerdictStrip({ verdicts }: { readonly verdicts: readonly Verdict[] }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const ordered = useMemo(() => bySeverity(verdicts).map(inLocalTime), [verdicts]);
  const [worst] = ordered;
  // Numbers in a sentence move each second: a screen reader hears of a new verdict, not of those.
  const announcement = useAnnouncement(
    worst === undefined ? '' : `${severityWord(worst.severity)}: ${worst.id.replaceAll('-', ' ')}`,
  );
  if (worst === undefined) return null;
  return (
    <section className={classes.strip} data-severity={worst.severity} aria-label="Verdict">
      <button
        type="button"
        className={classes.summary}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <span className={classes.mark}>
          <SeverityMark severity={worst.severity} isNamed />
          <span className={classes.severity}>{severityWord(worst.severity)}</span>
        </span>
        <span className={classes.sentence}>{worst.sentence}</span>
        <span className={classes.more}>
          {ordered.length > 1 ? formatQuantity(ordered.length, 'verdict') : 'Evidence'}
          <span className={classes.chevron} data-open={isOpen || undefined}>
            <ChevronDownIcon size={14} />
          </span>
        </span>
      </button>
      <div id={id} className={classes.verdicts} hidden={!isOpen}>
        {isOpen &&
          ordered.map((verdict) => (
            <VerdictDetails key={`${verdict.id} ${verdict.hopLimit}`} verdict={verdict} isFirst={verdict === worst} />
          ))}
      </div>
      {announcement}
    </section>
  );
});

function VerdictDetails({ verdict, isFirst }: { readonly verdict: Verdict; readonly isFirst: boolean }) {
  const place = placeOf(verdict);
  return (
    <article className={classes.verdict}>
      {!isFirst && (
        <h4 className={classes.heading}>
          <SeverityMark severity={verdict.severity} size={15} />
          {verdict.sentence}
        </h4>
      )}
      <p className={classes.advice}>
        <strong>What to do:</strong> {verdict.advice}
      </p>
      <dl className={classes.evidence}>
        {verdict.evidence.map((evidence) => {
          const { label, value, note } = evidenceLine(evidence);
          return (
            <div key={label} className={classes.item}>
              <dt>{label}</dt>
              <dd>
                {value}
                {note !== null && <span className={classes.note}>{note}</span>}
              </dd>
            </div>
          );
        })}
      </dl>
      <p className={classes.small}>
        {verdict.confidence.charAt(0).toUpperCase() + verdict.confidence.slice(1)} confidence
        {place !== null && ` · ${place}`}
        {verdict.surer !== null && ` · Surer with: ${verdict.surer}`}
      </p>
    </article>
  );
}
