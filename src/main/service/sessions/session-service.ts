import { type Failure, succeed } from '../../../contract/failure.ts';
import type { HopscopeContract } from '../../../contract/index.ts';
import type { Handlers, StreamSink } from '../../../contract/serve.ts';
import { milliseconds } from '../../../contract/units.ts';
import type { Clock } from '../../base/clock.ts';
import { DisposableStore } from '../../base/disposables.ts';
import { Emitter } from '../../base/emitter.ts';
import { Publisher } from '../publisher.ts';
import { askKeeper, type Kept } from './ask-keeper.ts';
import type { Keeper, ListedSessions } from './keeper-calls.ts';
import type { KeeperCall } from './keeper-link.ts';
import { NOTHING_KEPT } from './session-recorder.ts';

/** Shortest time between two lists. */
const LIST_INTERVAL = milliseconds(1_000);

export interface SessionServiceDeps {
  readonly clock: Clock;
  /** Null when nothing is kept. */
  readonly kept: Kept | null;
}

/** Answers the contract's `sessions`. */
export function createSessionService({ clock, kept }: SessionServiceDeps): Handlers<HopscopeContract>['sessions'] {
  const onChange = new Emitter<void>();
  kept?.recorder.onChange.on(() => onChange.emit());

  const ask = <Name extends KeeperCall>(name: Name, asked: Parameters<Keeper[Name]>[0]) => askKeeper(kept, name, asked);
  const change = async <Name extends KeeperCall>(name: Name, asked: Parameters<Keeper[Name]>[0]) => {
    const answer = await ask(name, asked);
    onChange.emit();
    return answer;
  };

  return {
    list: (_, sink) => list({ clock, kept }, onChange, sink),
    ofPath: async ({ pathId }) => {
      // Where nothing is kept, no path is recorded.
      const listed = await kept?.keeper.call('list', null);
      if (listed === undefined) return succeed({ sessionId: null });
      if (!listed.ok) return listed;
      return succeed({ sessionId: listed.value.sessions.find((each) => each.pathId === pathId)?.sessionId ?? null });
    },
    report: (asked) => ask('report', asked),
    timeline: (asked) => ask('timeline', asked),
    routes: (asked) => ask('routes', asked),
    happenings: (asked) => ask('happenings', asked),
    change: (asked) => change('change', asked),
    remove: (asked) => change('remove', asked),
    restore: (asked) => change('restore', asked),
    comments: (asked) => ask('comments', asked),
    addComment: (asked) => change('addComment', asked),
    compare: (asked) => ask('compare', asked),
    removeComment: (asked) => change('removeComment', asked),
  };
}

function list(
  { clock, kept }: SessionServiceDeps,
  onChange: Emitter<void>,
  sink: StreamSink<ListedSessions>,
): Disposable {
  const own = new DisposableStore();
  let isAsking = false;
  let askedAt = Number.NEGATIVE_INFINITY;
  const tell = async () => {
    isAsking = true;
    const told = await kept?.keeper.call('list', null);
    isAsking = false;
    if (own.isDisposed) return;
    if (told === undefined) sink.emit({ sessions: [], store: NOTHING_KEPT });
    else if (told.ok) sink.emit(kept?.recorder.isOn === false ? switchedOff(told.value) : told.value);
    else sink.emit({ sessions: [], store: brokenStore(told.failure) });
  };
  const publisher = own.add(
    new Publisher({ clock }, () => {
      if (sink.isCongested() || isAsking || clock.now() - askedAt < LIST_INTERVAL) return false;
      askedAt = clock.now();
      void tell();
      return true;
    }),
  );
  own.add(onChange.on(() => publisher.request()));
  publisher.request();
  return own;
}

/** What was kept before is still there. */
function switchedOff({ sessions, store }: ListedSessions): ListedSessions {
  return { sessions, store: { ...store, mode: 'off' } };
}

/** The keeper itself is gone: measuring goes on without it. */
function brokenStore(failure: Failure): ListedSessions['store'] {
  const osCode = failure.code === 'system-error' ? failure.osCode : '';
  return { ...NOTHING_KEPT, mode: 'not-writing', trouble: { kind: 'other', osCode, keptAside: null } };
}
