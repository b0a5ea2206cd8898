import { Anchor, Button, CopyButton } from '@mantine/core';
import { memo, useMemo } from 'react';
import { describeFailure } from '../../../../contract/describe-failure.ts';
import type { Platform } from '../../../../contract/system.ts';
import { FailureNotice } from '../../failures/FailureNotice.tsx';
import { formatCount, formatQuantity } from '../../format/count.ts';
import { formatRtt, formatRttExactly, NO_VALUE } from '../../format/rtt.ts';
import type { SweepAnswer } from '../../live-store/sweep-store.ts';
import { CopyTextButton } from '../../ui/CopyTextButton.tsx';
import { CheckIcon, CopyIcon, PlayIcon } from '../../ui/icons.tsx';
import { saveText } from '../../ui/save-text.ts';
import { answersCsv } from './answers-csv.ts';
import classes from './SweepView.module.css';
import type { MonitorThese } from './use-monitor-these.ts';

interface SweepAnswersProps {
  readonly answers: readonly SweepAnswer[];
  /** Of all addresses that answered, kept in the page or not. */
  readonly answered: number;
  /** Targets of the path monitors that there are. */
  readonly watched: readonly string[];
  readonly isConnected: boolean;
  readonly monitorThese: MonitorThese;
  readonly pathsHref: string;
  readonly platform: Platform;
}

/** Most rows that are drawn: a whole /24, and few enough that the page stays quick while answers come in. */
const ROWS_LIMIT = 256;

/** Who answered, what can be done with them, and what came of it. */
export function SweepAnswers(props: SweepAnswersProps) {
  const { answers, answered, watched, isConnected, monitorThese, pathsHref, platform } = props;
  const addresses = useMemo(() => answers.map(({ address }) => address), [answers]);
  const rows = useMemo(() => answers.slice(0, ROWS_LIMIT), [answers]);
  const csv = () => answersCsv(answers);
  const { monitor, isBusy, done } = monitorThese;
  return (
    <section className={classes.card} aria-labelledby="answers">
      <header className={classes.head}>
        <h3 id="answers" className={classes.title}>
          {formatQuantity(answered, 'answer')}
        </h3>
        <div className={classes.actions}>
          {'clipboard' in navigator && (
            <CopyButton value={addresses.join('\n')}>
              {({ copied, copy }) => (
                <Button
                  size="xs"
                  variant="default"
                  className={classes.copy}
                  leftSection={copied ? <CheckIcon size={12} /> : <CopyIcon size={12} />}
                  onClick={copy}
                >
                  <span aria-live="polite">{copied ? 'Copied' : 'Copy addresses'}</span>
                </Button>
              )}
            </CopyButton>
          )}
          <CopyTextButton text={csv} label="Copy as CSV" />
          <Button size="xs" variant="default" onClick={() => saveText(csv(), 'sweep.csv', 'text/csv')}>
            Save as CSV
          </Button>
          <Button
            size="xs"
            leftSection={<PlayIcon size={11} />}
            disabled={!isConnected}
            loading={isBusy}
            onClick={() => void monitor(addresses, watched)}
          >
            Monitor these
          </Button>
        </div>
      </header>
      <p role="status" className={classes.note}>
        {done !== null && (
          <>
            {done.words}{' '}
            <Anchor inherit underline="always" href={pathsHref}>
              Go to Paths
            </Anchor>
          </>
        )}
      </p>
      {done?.refused.map(({ target, failure }) => {
        const explanation = describeFailure(failure, platform);
        return (
          <FailureNotice key={target} explanation={{ ...explanation, title: `${target}: ${explanation.title}` }} />
        );
      })}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be within reach of the keyboard */}
      <section className={classes.scroll} aria-label="Addresses that answered" tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Address</th>
              <th scope="col">Round trip</th>
              <th scope="col" title="Hop limit (TTL) with which the answer arrived">
                TTL
              </th>
              <th scope="col" title="Which of the requests to the address was answered">
                Request
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((answer) => (
              <AnswerRow key={answer.index} answer={answer} />
            ))}
          </tbody>
        </table>
      </section>
      {answered > rows.length && (
        <p className={classes.note}>
          The first {formatCount(rows.length)} are listed; copying takes {formatCount(addresses.length)}.
        </p>
      )}
    </section>
  );
}

const AnswerRow = memo(function AnswerRow({ answer }: { readonly answer: SweepAnswer }) {
  const { address, rttMs, replyHopLimit, attempt } = answer;
  return (
    <tr>
      <th scope="row">{address}</th>
      <td title={formatRttExactly(rttMs)}>{formatRtt(rttMs)}</td>
      <td>{replyHopLimit ?? NO_VALUE}</td>
      <td>{attempt + 1}</td>
    </tr>
  );
});
