import { describe, expect, it } from 'vitest';
import type { Monitor } from '../../../contract/monitor.ts';
import type { PathConditions } from '../../../contract/path-condition.ts';
import { WatchedTargets } from './watched-targets.ts';

type Client = ConstructorParameters<typeof WatchedTargets>[0];

/** What is watched through an engine that notes what it is asked. */
function watch() {
  const asked: string[] = [];
  let tellPaths = (_: PathConditions): void => {};
  let tellMonitors = (_: { monitors: Monitor[] }): void => {};
  const client = {
    path: {
      conditions: (_: unknown, { onEvent }: { onEvent: typeof tellPaths }) => {
        tellPaths = onEvent;
        return () => void asked.push('path stream ended');
      },
      pause: async ({ pathId }: { pathId: string }) => void asked.push(`pause ${pathId}`),
      resume: async ({ pathId }: { pathId: string }) => void asked.push(`resume ${pathId}`),
    },
    monitor: {
      list: (_: unknown, { onEvent }: { onEvent: typeof tellMonitors }) => {
        tellMonitors = onEvent;
        return () => void asked.push('monitor stream ended');
      },
      pause: async ({ monitorId }: { monitorId: string }) => void asked.push(`pause ${monitorId}`),
      resume: async ({ monitorId }: { monitorId: string }) => void asked.push(`resume ${monitorId}`),
    },
  };
  const targets = new WatchedTargets(client as unknown as Client);
  const conditions = ['answering', 'paused', 'failed'] as const;
  return {
    targets,
    asked,
    fill: () => {
      tellPaths({
        paths: conditions.map((condition) => ({ pathId: `p-${condition}`, target: 't', intervalMs: 1_000, condition })),
      });
      const monitors = (['running', 'paused'] as const).map((phase) => ({ monitorId: `m-${phase}`, state: { phase } }));
      tellMonitors({ monitors: monitors as Monitor[] });
    },
    pauseEverything: () => {
      tellPaths({ paths: [{ pathId: 'p', target: 't', intervalMs: 1_000, condition: 'paused' }] });
      tellMonitors({ monitors: [] });
    },
  };
}

describe('what is watched', () => {
  it('is paused where it is not, and resumed where it is paused or has failed', () => {
    const { targets, asked, fill } = watch();
    fill();
    targets.pauseAll();
    expect(asked.splice(0)).toEqual(['pause p-answering', 'pause p-failed', 'pause m-running']);
    targets.resumeAll();
    expect(asked).toEqual(['resume p-paused', 'resume p-failed', 'resume m-paused']);
  });

  it('is active while anything is not paused', () => {
    const { targets, fill, pauseEverything } = watch();
    expect(targets.isActive).toBe(false);
    fill();
    expect(targets.isActive).toBe(true);
    pauseEverything();
    expect(targets.isActive).toBe(false);
  });

  it('is no longer listened to after the end', () => {
    const { targets, asked } = watch();
    targets[Symbol.dispose]();
    expect(asked).toEqual(['path stream ended', 'monitor stream ended']);
  });
});
