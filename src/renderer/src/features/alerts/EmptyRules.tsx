import { Button } from '@mantine/core';
import classes from './AlertsView.module.css';
import type { ConditionChoice } from './rule-form.ts';

const SUGGESTIONS: readonly { choice: ConditionChoice; label: string; about: string }[] = [
  { choice: 'unreachable', label: 'A target stops answering', about: 'five rounds in a row' },
  { choice: 'loss', label: 'Loss above 5 %', about: 'that lasts' },
  { choice: 'latency', label: 'Round trips above 150 ms', about: 'in 20 of 60 rounds' },
  { choice: 'route-changed', label: 'The route changes', about: 'to any target' },
];

/** What there is to do before the first rule. */
export function EmptyRules({
  disabled,
  onChoose,
}: {
  readonly disabled: boolean;
  readonly onChoose: (choice: ConditionChoice) => void;
}) {
  return (
    <div className={classes.empty}>
      <p className={classes.lead}>
        A rule watches your targets while you do something else, and tells you, a log, a web service or a program when
        something is the matter, and when it is over. Begin with one of these; every number can be changed.
      </p>
      <div className={classes.suggestions}>
        {SUGGESTIONS.map(({ choice, label, about }) => (
          <Button key={choice} size="xs" variant="default" disabled={disabled} onClick={() => onChoose(choice)}>
            {label}
            <span className={classes.about}>{about}</span>
          </Button>
        ))}
      </div>
    </div>
  );
}
