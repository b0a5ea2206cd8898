import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { describeFailure } from '../../../../contract/describe-failure.ts';
import type { Platform } from '../../../../contract/system.ts';
import type { EngineClient } from '../../connection/engine-client.ts';
import { FailureNotice } from '../../failures/FailureNotice.tsx';
import type { ExchangeState, ExchangeStore } from '../../live-store/exchange-store.ts';
import { CommandToCopy } from '../../ui/CommandToCopy.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { useAnnouncement } from '../../ui/use-announcement.tsx';
import { useRemembered } from '../../ui/use-remembered.ts';
import { ExchangeForm } from './ExchangeForm.tsx';
import { exchangeCode } from './exchange-code.ts';
import { DEFAULT_TYPED, type Problems, readExchange, restoreTyped, type TypedExchange } from './exchange-form.ts';
import { MessageDetail } from './MessageDetail.tsx';
import { MessageTable } from './MessageTable.tsx';
import { exchangeWords, messageRows } from './message-rows.ts';
import classes from './SocketsView.module.css';

interface SocketsViewProps {
  /** Null while there is no engine. */
  readonly client: EngineClient | null;
  readonly exchange: ExchangeStore;
  readonly platform: Platform;
  /** Whether the engine is in a simulated internet, which has no sockets. */
  readonly isSimulated: boolean;
}

const NO_PROBLEMS: Problems = {};

/** The library made visible: requests with every parameter, and every answer, error and byte. */
export function SocketsView({ client, exchange, platform, isSimulated }: SocketsViewProps) {
  const state = useSyncExternalStore(exchange.subscribe, exchange.getState);
  const [remembered, remember] = useRemembered('hopscope-sockets-form', '');
  const [typed, setTyped] = useState(() => restoreTyped(remembered));
  const [problems, setProblems] = useState(NO_PROBLEMS);
  const [attempts, setAttempts] = useState(0);
  const columns = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The first field that is wrong, so that it can be mended at once.
    if (attempts > 0) columns.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [attempts]);
  const read = useMemo(() => readExchange(typed), [typed]);
  const code = useMemo(() => codeOf(typed), [typed]);

  const send = () => {
    if (!read.ok) {
      setProblems(read.problems);
      setAttempts((before) => before + 1);
      return;
    }
    setProblems(NO_PROBLEMS);
    remember(JSON.stringify(typed));
    if (client !== null) exchange.start(client, read.args);
  };
  const change = (more: Partial<TypedExchange>) => {
    const next = { ...typed, ...more };
    setTyped(next);
    // A problem that was shown goes as soon as it is mended; none comes while somebody types.
    const after = readExchange(next);
    setProblems((shown) => (after.ok ? NO_PROBLEMS : stillThere(shown, after.problems)));
  };

  return (
    <div ref={columns} className={classes.columns}>
      <ExchangeForm
        typed={typed}
        problems={problems}
        isRunning={state.phase === 'running'}
        isConnected={client !== null}
        onChange={change}
        onSend={send}
        onStop={exchange.stop}
        onReset={() => {
          setTyped({ ...DEFAULT_TYPED, destination: typed.destination });
          setProblems(NO_PROBLEMS);
        }}
      />
      <div className={classes.results}>
        <Exchange state={state} platform={platform} isSimulated={isSimulated} />
        <section className={classes.card} aria-labelledby="exchange-code">
          <h3 id="exchange-code" className={classes.title}>
            The same in code
          </h3>
          {code === null ? (
            <p className={classes.note}>Mend the fields that are marked, and the lines are here.</p>
          ) : (
            <CommandToCopy command={code} />
          )}
        </section>
      </div>
    </div>
  );
}

/** The lines for what is typed; as long as no destination is, for an example. Null when something is wrong. */
function codeOf(typed: TypedExchange): string | null {
  const read = readExchange(typed.destination.trim() === '' ? { ...typed, destination: '192.0.2.1' } : typed);
  return read.ok ? exchangeCode(read.args) : null;
}

function stillThere(shown: Problems, problems: Problems): Problems {
  return Object.fromEntries(Object.entries(problems).filter(([field]) => field in shown));
}

interface ExchangeProps extends Pick<SocketsViewProps, 'platform' | 'isSimulated'> {
  readonly state: ExchangeState;
}

/** What was sent, what came back, and the bytes of the line that is chosen. */
function Exchange({ state, platform, isSimulated }: ExchangeProps) {
  const rows = useMemo(() => messageRows(state), [state]);
  const [chosenKey, choose] = useState<string | null>(null);
  // Until one is chosen, the first answer; the first request as long as there is none.
  const chosen = rows.find(({ key }) => key === chosenKey) ?? rows.find(({ reply }) => reply !== null) ?? rows[0];
  const { tone, label, words } = exchangeWords(state);
  const announcement = useAnnouncement(state.phase === 'running' ? label : `${label}. ${words}`);
  if (state.phase === 'none') {
    // Said before anything is typed, not only once it is sent.
    return isSimulated ? (
      <FailureNotice explanation={describeFailure({ code: 'needs-real-network' }, platform)} />
    ) : (
      <Empty />
    );
  }
  return (
    <>
      <section className={classes.card} aria-label="Exchange">
        <header className={classes.head}>
          <StatusBadge tone={tone} label={label} />
          <p className={classes.words}>{words}</p>
        </header>
        {state.failure !== null && <FailureNotice explanation={describeFailure(state.failure, platform)} />}
        {rows.length > 0 && <MessageTable rows={rows} chosen={chosen?.key ?? null} onChoose={choose} />}
        {announcement}
      </section>
      {chosen !== undefined && state.opened !== null && (
        <MessageDetail row={chosen} family={state.opened.family} platform={platform} />
      )}
    </>
  );
}

function Empty() {
  return (
    <section className={classes.card} aria-label="Exchange">
      <header className={classes.head}>
        <StatusBadge tone="resting" label="Nothing sent yet" />
      </header>
      <p className={classes.note}>
        Type a destination and press Enter. Each request and each answer gets a line here: its type and code, what the
        library would throw, and its bytes with the fields of the header. A TTL of 1 shows an error of the first router;
        a broadcast or multicast address with every answer shows who is there.
      </p>
    </section>
  );
}
