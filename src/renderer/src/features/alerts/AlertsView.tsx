import { Button } from '@mantine/core';
import { useCallback, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';
import type { AlertAction } from '../../../../contract/alert-action.ts';
import type { AlertRule, AlertRuleDraft } from '../../../../contract/alerts.ts';
import { describeFailure } from '../../../../contract/describe-failure.ts';
import type { Failure } from '../../../../contract/failure.ts';
import type { Platform } from '../../../../contract/system.ts';
import type { EngineClient } from '../../connection/engine-client.ts';
import { FailureNotice } from '../../failures/FailureNotice.tsx';
import { StreamFailureNotice } from '../../failures/StreamFailureNotice.tsx';
import type { AlertStore } from '../../live-store/alert-store.ts';
import type { PathStore } from '../../live-store/path-store.ts';
import { AlertHistory } from './AlertHistory.tsx';
import classes from './AlertsView.module.css';
import type { AlertMoment } from './alert-words.ts';
import { EmptyRules } from './EmptyRules.tsx';
import { RuleEditor } from './RuleEditor.tsx';
import { RuleList } from './RuleList.tsx';
import { formOf, newForm, type RuleForm } from './rule-form.ts';

interface AlertsViewProps {
  /** Null while there is no engine. */
  readonly client: EngineClient | null;
  readonly store: AlertStore;
  readonly paths: Pick<PathStore, 'getPaths' | 'subscribePaths'>;
  readonly platform: Platform;
  /** Asks the browser whether this page may notify; gives what is so then. */
  readonly askToNotify: () => Promise<NotificationPermission>;
  readonly onShow: (moment: AlertMoment) => void;
}

/** What is being edited: a rule by its identifier, or a new one. */
interface Editing {
  readonly ruleId: string | null;
  readonly form: RuleForm;
}

/** Rules that raise alerts, and what they have found. */
export function AlertsView({ client, store, paths, platform, askToNotify, onShow }: AlertsViewProps) {
  const state = useSyncExternalStore(store.subscribe, store.getState);
  const alerts = useSyncExternalStore(store.subscribe, store.getAlerts);
  const streamFailure = useSyncExternalStore(store.subscribe, store.getFailure);
  const known = useSyncExternalStore(paths.subscribePaths, paths.getPaths);
  const [editing, setEditing] = useState<Editing | null>(null);
  const [isSaving, setIsSaving] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const newRef = useRef<HTMLButtonElement>(null);
  const targets = useMemo(
    () => [
      ...new Set((known ?? []).filter(({ simulated }) => simulated?.scenario == null).map(({ target }) => target)),
    ],
    [known],
  );

  /** The keyboard goes back to where a rule begins. */
  const close = useCallback(() => {
    flushSync(() => setEditing(null));
    newRef.current?.focus();
  }, []);
  const save = async (rule: AlertRuleDraft): Promise<string | null> => {
    if (client === null || editing === null) return 'There is no engine to keep it.';
    flushSync(() => setIsSaving(true));
    try {
      // A page may ask only in answer to a click, and so before there is something to notify of.
      if (rule.onEnter.concat(rule.onLeave).some(({ kind }) => kind === 'notify')) await askToNotify();
      const saved = await client.alerts.save({ ruleId: editing.ruleId, rule });
      if (!saved.ok) return describeFailure(saved.failure, platform).sentence;
    } finally {
      flushSync(() => setIsSaving(false));
    }
    close();
    return null;
  };
  const test = async (action: AlertAction) => {
    const tested = await client?.alerts.test({ action });
    return tested === undefined || !tested.ok
      ? { failure: tested === undefined ? 'There is no engine.' : describeFailure(tested.failure, platform).sentence }
      : { outcome: tested.value.outcome };
  };
  const act = async (asked: Promise<{ ok: true } | { ok: false; failure: Failure }> | undefined) => {
    const done = await asked;
    setFailure(done === undefined || done.ok ? null : done.failure);
  };
  const onSwitch = (rule: AlertRule, isOn: boolean) => void act(client?.alerts.switch({ ruleId: rule.ruleId, isOn }));
  const onRemove = (rule: AlertRule) => {
    if (editing?.ruleId === rule.ruleId) setEditing(null);
    newRef.current?.focus();
    void act(client?.alerts.remove({ ruleId: rule.ruleId }));
  };
  if (state === null) return <p className={classes.note}>Asking for the rules…</p>;
  const { rules, simulated, path } = state;
  return (
    <>
      <StreamFailureNotice
        failure={streamFailure}
        consequence="Rules and alerts are not kept up to date."
        platform={platform}
        onRetry={store.retry}
      />
      {state.troubles.map((trouble) => (
        <FailureNotice key={JSON.stringify(trouble)} explanation={describeFailure(trouble, platform)} />
      ))}
      {failure !== null && <FailureNotice explanation={describeFailure(failure, platform)} />}
      <section className={classes.card} aria-labelledby="alert-rules">
        <header className={classes.head}>
          <h3 id="alert-rules" className={classes.title}>
            Rules
          </h3>
          <Button
            ref={newRef}
            size="xs"
            // While one is being kept its form is still there, and goes with it.
            disabled={client === null || isSaving}
            // What has been typed of a new rule stays.
            onClick={() => setEditing((now) => (now?.ruleId === null ? now : { ruleId: null, form: newForm('loss') }))}
          >
            New rule
          </Button>
        </header>
        {rules.length === 0 && editing === null && (
          <EmptyRules
            disabled={client === null}
            onChoose={(choice) => setEditing({ ruleId: null, form: newForm(choice) })}
          />
        )}
        {editing !== null && editing.ruleId === null && (
          <RuleEditor
            key="new"
            initial={editing.form}
            targets={targets}
            isNew
            areProgramsAllowed={state.areProgramsAllowed}
            isSaving={isSaving}
            onSave={save}
            onTest={test}
            onCancel={close}
            askToNotify={askToNotify}
          />
        )}
        <RuleList
          rules={rules}
          disabled={client === null || isSaving}
          editedId={editing?.ruleId ?? null}
          onSwitch={onSwitch}
          onEdit={(rule) => setEditing({ ruleId: rule.ruleId, form: formOf(rule) })}
          onRemove={onRemove}
          editor={
            editing !== null &&
            editing.ruleId !== null && (
              <RuleEditor
                key={editing.ruleId}
                initial={editing.form}
                targets={targets}
                isNew={false}
                areProgramsAllowed={state.areProgramsAllowed}
                isSaving={isSaving}
                onSave={save}
                onTest={test}
                onCancel={close}
                askToNotify={askToNotify}
              />
            )
          }
        />
        <p className={classes.note}>
          {simulated !== null
            ? `These rules hold in the simulated internet “${simulated}” and are forgotten at its end.`
            : path === null
              ? 'Nothing is kept here: rules hold until Hopscope ends.'
              : `Rules are asked about every target of the view Paths, whether or not a page is open. Kept in ${path}.`}
        </p>
      </section>
      <AlertHistory
        alerts={alerts}
        paths={known ?? []}
        disabled={client === null}
        onShow={onShow}
        onForget={() => void act(client?.alerts.forgetHistory({}))}
      />
    </>
  );
}
