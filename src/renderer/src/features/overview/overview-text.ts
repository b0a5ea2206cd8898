import type { Platform } from '../../../../contract/system.ts';
import { formatLoss } from '../../format/loss.ts';
import { formatRtt } from '../../format/rtt.ts';
import { pathStatus, type StatusLimits } from '../../live-store/path-status.ts';
import { type PulsedPath, tallyWords } from './trouble.ts';

const HEADS = ['Target', 'Address', 'State', 'Round trip', 'Loss, 5 min'];

/** The overview as text: the tally, then one line a path in columns that stand below each other. */
export function overviewText(paths: readonly PulsedPath[], platform: Platform, limits: StatusLimits): string {
  const rows = paths.map(({ path, pulse }) => [
    path.target,
    path.destination ?? '',
    pathStatus(path, pulse, platform, true, limits).label,
    formatRtt(pulse.lastRttMs),
    formatLoss(pulse.lossRatio),
  ]);
  const lines = [HEADS, ...rows];
  const widths = HEADS.map((_, place) => Math.max(...lines.map((line) => line[place]?.length ?? 0)));
  const table = lines.map((line) =>
    line
      .map((text, place) => text.padEnd(widths[place] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${[tallyWords(paths, platform, limits), '', ...table].join('\n')}\n`;
}
