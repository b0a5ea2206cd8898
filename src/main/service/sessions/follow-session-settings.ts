import type { Settings } from '../../../contract/settings.ts';
import type { SettingsStore } from '../../store/settings-store.ts';
import type { KeeperLink } from './keeper-link.ts';
import type { SessionRecorder } from './session-recorder.ts';
import type { RetentionLimits } from './session-retention.ts';

const DAY_MS = 86_400_000;

/** Keeps sessions as a person's settings say, now and whenever they change. */
export function followSessionSettings(
  store: SettingsStore,
  { keeper, recorder }: { readonly keeper: KeeperLink; readonly recorder: SessionRecorder },
): Disposable {
  let isOn: boolean | null = null;
  let limits: RetentionLimits | null = null;
  const follow = () => {
    const { settings } = store;
    if (settings.keepSessions !== isOn) {
      isOn = settings.keepSessions;
      recorder.turn(isOn);
    }
    const wanted = limitsOf(settings);
    if (
      wanted.mostAgeMs === limits?.mostAgeMs &&
      wanted.mostBytes === limits.mostBytes &&
      wanted.mostFlightBytes === limits.mostFlightBytes
    ) {
      return;
    }
    limits = wanted;
    void keeper.call('retain', limits);
  };
  follow();
  return store.record.onChange.on(follow);
}

function limitsOf({ keepSessionsDays, keepSessionsMb, flightMb }: Settings): RetentionLimits {
  return { mostAgeMs: keepSessionsDays * DAY_MS, mostBytes: keepSessionsMb * 1e6, mostFlightBytes: flightMb * 1e6 };
}
