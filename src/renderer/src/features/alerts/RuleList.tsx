import { Button, Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AlertRule, AlertsState } from '../../../../contract/alerts.ts';
import { conditionWords, ruleTitle } from '../../../../contract/describe-alert.ts';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import classes from './AlertsView.module.css';
import { actionWords, scopeWords, standingBadge } from './alert-words.ts';

interface RuleListProps {
  readonly rules: AlertsState['rules'];
  readonly disabled: boolean;
  /** The rule whose editor is open. */
  readonly editedId: string | null;
  readonly editor: ReactNode;
  readonly onSwitch: (rule: AlertRule, isOn: boolean) => void;
  readonly onEdit: (rule: AlertRule) => void;
  readonly onRemove: (rule: AlertRule) => void;
}

/** Every rule with how it stands now. */
export function RuleList({ rules, disabled, editedId, editor, onSwitch, onEdit, onRemove }: RuleListProps) {
  if (rules.length === 0) return null;
  return (
    <ul className={classes.rules} aria-label="Rules">
      {rules.map(({ rule, standings }) => {
        const title = ruleTitle(rule);
        const { tone, label } = standingBadge(rule, standings);
        const inAlert = standings.filter(({ state }) => state === 'alert').map(({ target }) => target);
        return (
          <li key={rule.ruleId} className={classes.rule} data-off={!rule.isOn || undefined}>
            <div className={classes.line}>
              <Switch
                size="xs"
                aria-label={`${title}: on`}
                checked={rule.isOn}
                disabled={disabled}
                onChange={(event) => onSwitch(rule, event.currentTarget.checked)}
              />
              <div className={classes.words}>
                <span className={classes.name}>{title}</span>
                <span className={classes.about}>
                  {rule.name !== '' && `${conditionWords(rule.condition)} · `}
                  {scopeWords(rule)} · {actionWords(rule)}
                </span>
                {inAlert.length > 0 && <span className={classes.where}>{inAlert.join(', ')}</span>}
              </div>
              <StatusBadge tone={tone} label={label} />
              <div className={classes.buttons}>
                <Button
                  size="compact-xs"
                  variant="default"
                  disabled={disabled}
                  aria-label={`Edit ${title}`}
                  onClick={() => onEdit(rule)}
                >
                  Edit
                </Button>
                <Button
                  size="compact-xs"
                  variant="default"
                  disabled={disabled}
                  aria-label={`Remove ${title}`}
                  onClick={() => onRemove(rule)}
                >
                  Remove
                </Button>
              </div>
            </div>
            {rule.ruleId === editedId && editor}
          </li>
        );
      })}
    </ul>
  );
}
