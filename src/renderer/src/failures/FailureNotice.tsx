import { type ReactNode, useContext } from 'react';
import type { Explanation } from '../../../contract/explanation.ts';
import { CommandToCopy } from '../ui/CommandToCopy.tsx';
import { WarningIcon } from '../ui/icons.tsx';
import { CureAbove } from './cure-above.ts';
import classes from './FailureNotice.module.css';

interface FailureNoticeProps {
  readonly explanation: Explanation;
  /** What can be done about it right here, such as a button to try again. */
  readonly action?: ReactNode;
}

/** A failure in place: what it is, what happened, and what to do about it. */
export function FailureNotice({ explanation, action }: FailureNoticeProps) {
  const { title, sentence, cure } = explanation;
  const above = useContext(CureAbove);
  const isAbove = cure !== null && cure.sentence === above?.sentence && cure.command === above.command;
  return (
    <section className={classes.notice} aria-label={title}>
      <span className={classes.icon}>
        <WarningIcon size={18} />
      </span>
      <div className={classes.words}>
        <p className={classes.sentence}>
          <strong className={classes.title}>{title}.</strong> {sentence}
        </p>
        {cure !== null && (
          <div className={classes.cure}>
            <p className={classes.sentence}>{isAbove ? 'What to do stands above.' : cure.sentence}</p>
            {cure.command !== null && !isAbove && <CommandToCopy command={cure.command} />}
          </div>
        )}
      </div>
      {action !== undefined && <div className={classes.action}>{action}</div>}
    </section>
  );
}
