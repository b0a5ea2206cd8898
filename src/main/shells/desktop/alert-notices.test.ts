import { expect, it } from 'vitest';
import type { AlertSignal, AlertSignalKind } from '../../../contract/alerts.ts';
import { AlertNotices } from './alert-notices.ts';

it('listens for notifications only while they are wanted, and shows each', () => {
  const streams: { can: readonly AlertSignalKind[]; give: (signal: AlertSignal) => void }[] = [];
  const shown: string[] = [];
  const client = {
    alerts: {
      signals: (
        { can }: { can: readonly AlertSignalKind[] },
        { onEvent }: { onEvent: (signal: AlertSignal) => void },
      ) => {
        const stream = { can, give: onEvent };
        streams.push(stream);
        return () => void streams.splice(streams.indexOf(stream), 1);
      },
    },
  } as unknown as ConstructorParameters<typeof AlertNotices>[0]['client'];
  const notices = new AlertNotices({ client, show: ({ title }) => void shown.push(title) });
  expect(streams).toEqual([]);
  notices.want(true);
  notices.want(true);
  expect(streams.map(({ can }) => can)).toEqual([['notify']]);
  streams[0]?.give({ kind: 'notify', title: 'Loss', body: 'host.example', pathId: null });
  notices.want(false);
  expect([streams, shown]).toEqual([[], ['Loss']]);
});
