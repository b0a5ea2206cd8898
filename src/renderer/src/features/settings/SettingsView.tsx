import { Button, TextInput } from '@mantine/core';
import { useMemo, useState, useSyncExternalStore } from 'react';
import { describeFailure } from '../../../../contract/describe-failure.ts';
import type { SettingChanges } from '../../../../contract/settings.ts';
import type { Platform } from '../../../../contract/system.ts';
import type { EngineClient } from '../../connection/engine-client.ts';
import { FailureNotice } from '../../failures/FailureNotice.tsx';
import { StreamFailureNotice } from '../../failures/StreamFailureNotice.tsx';
import type { SettingsStore } from '../../live-store/settings-store.ts';
import { RecentTargetsCard } from './RecentTargetsCard.tsx';
import { SettingRow } from './SettingRow.tsx';
import classes from './SettingsView.module.css';
import { findSettings } from './setting-fields.ts';

interface SettingsViewProps {
  /** Null while there is no engine. */
  readonly client: EngineClient | null;
  readonly store: SettingsStore;
  readonly platform: Platform;
}

/** Everything that can be set, and where it is kept. */
export function SettingsView({ client, store, platform }: SettingsViewProps) {
  const state = useSyncExternalStore(store.subscribe, store.getState);
  const failure = useSyncExternalStore(store.subscribe, store.getFailure);
  const [search, setSearch] = useState('');
  const groups = useMemo(() => findSettings(search), [search]);
  const change = async (changes: SettingChanges) => {
    const refused = await store.change(changes);
    return refused === null ? null : describeFailure(refused, platform).sentence;
  };
  if (state === null) return <p className={classes.note}>Asking for the settings…</p>;
  return (
    <>
      <StreamFailureNotice
        failure={failure}
        consequence="Settings that change elsewhere do not show here."
        platform={platform}
        onRetry={store.retry}
      />
      {state.troubles.map((trouble) => (
        <FailureNotice key={JSON.stringify(trouble)} explanation={describeFailure(trouble, platform)} />
      ))}
      <TextInput
        className={classes.search}
        size="xs"
        type="search"
        aria-label="Find a setting"
        placeholder="Find a setting"
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {groups.length === 0 && (
        <p className={classes.note} role="status">
          No setting has “{search.trim()}” in its words.
        </p>
      )}
      {groups.map(({ title, fields }) => (
        <section key={title} className={classes.card} aria-label={title}>
          <h3 className={classes.title}>{title}</h3>
          {fields.map((field) => (
            <SettingRow
              key={field.key}
              field={field}
              settings={state.settings}
              isChanged={state.changed.includes(field.key)}
              isIgnored={state.ignored.includes(field.key)}
              disabled={client === null}
              onChange={change}
            />
          ))}
        </section>
      ))}
      {search.trim() === '' && (
        <>
          <RecentTargetsCard client={client} platform={platform} />
          <div className={classes.foot}>
            {state.path === null
              ? 'Nothing is kept here: settings hold until Hopscope ends.'
              : `Kept in ${state.path}, for the window and the browser alike. The terminal’s commands do not read it: they do what their options say. `}
            {state.changed.length > 0 && (
              <Button
                size="compact-xs"
                variant="default"
                disabled={client === null}
                onClick={() => void change(Object.fromEntries(state.changed.map((key) => [key, null])))}
              >
                All back to default
              </Button>
            )}
          </div>
        </>
      )}
    </>
  );
}
