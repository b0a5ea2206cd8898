import { MantineProvider } from '@mantine/core';
import { act, render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Failure } from '../../../../contract/failure.ts';
import type { EngineClient } from '../../connection/engine-client.ts';
import { PathWorkspace } from './PathWorkspace.tsx';
import { NOON, pathInfo } from './test-reports.ts';
import type { TestWorkspaceStore } from './test-workspace-store.ts';

/** The workspace on a store; `calls` gets every call to the engine, and `refusals` says which targets it refuses. */
export async function openWorkspace(store: TestWorkspaceStore, { connected = true } = {}) {
  const calls: string[] = [];
  const refusals = new Map<string, Failure>();
  const called = (name: string) => async (args: { pathId: string }) => {
    calls.push(`${name} ${args.pathId}`);
    return { ok: true, value: pathInfo(args) };
  };
  const path = {
    add: async ({ target }: { target: string }) => {
      calls.push(`add ${target}`);
      const failure = refusals.get(target);
      return failure === undefined
        ? { ok: true, value: pathInfo({ target, pathId: `id of ${target}` }) }
        : { ok: false, failure };
    },
    pause: called('pause'),
    resume: called('resume'),
    remove: called('remove'),
  };
  // The field for targets asks what to suggest: nothing here.
  const system = { gateways: async () => ({ ok: true, value: { addresses: [] } }) };
  const targets = { recent: async () => ({ ok: true, value: { recent: [] } }) };
  // Nothing is recorded here.
  const sessions = { ofPath: async () => ({ ok: true, value: { sessionId: null } }) };
  const client = connected ? ({ path, system, targets, sessions } as unknown as EngineClient) : null;
  render(
    <MantineProvider env="test">
      <PathWorkspace client={client} store={store} platform="linux" nowEpochMs={() => NOON} />
    </MantineProvider>,
  );
  // Widths are measured in the frame after the first picture.
  await act(async () => {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await new Promise((resolve) => requestAnimationFrame(resolve));
  });
  return {
    calls,
    refusals,
    user: userEvent.setup({ delay: null }),
    /** Changes what the store shows. */
    change: (what: () => void) => act(async () => what()),
  };
}
