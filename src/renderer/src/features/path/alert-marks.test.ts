import { describe, expect, it } from 'vitest';
import type { AlertRecord } from '../../../../contract/alerts.ts';
import { alertMarks, sessionAlertMarks } from './alert-marks.ts';

function alert(atEpochMs: number, more: Partial<AlertRecord>): AlertRecord {
  return {
    alertId: `a${atEpochMs}`,
    ruleId: 'r1',
    ruleName: 'Line down',
    condition: { kind: 'unreachable', rounds: 3 },
    target: 'host.example',
    pathId: 'p-old',
    destination: null,
    simulated: null,
    enteredAtEpochMs: atEpochMs,
    finding: { kind: 'unreachable', rounds: 3, isRefused: false },
    verdict: null,
    end: null,
    actions: [],
    ...more,
  };
}

const ALERTS = [
  alert(1, { target: 'HOST.example' }),
  alert(2, { target: 'other.example' }),
  alert(3, { target: 'renamed.example', pathId: 'p-1' }),
  alert(4, { simulated: 'Loss at the provider' }),
];

const momentsOf = (marks: ReturnType<typeof alertMarks>) => marks.map(({ kind, atEpochMs }) => `${kind} ${atEpochMs}`);

describe('alerts on timelines', () => {
  it('of a path are its own and those of its target, and none in a lesson', () => {
    const path = { pathId: 'p-1', target: 'host.example', simulated: null };
    expect(momentsOf(alertMarks(ALERTS, path))).toEqual(['alert 1', 'alert 3', 'alert 4']);
    const simulated = { scenario: 'isp-loss', title: 'Loss at the provider', liveFromEpochMs: null };
    expect(alertMarks(ALERTS, { ...path, simulated })).toEqual([]);
  });

  it('of a session are those of its target, of the same internet, and only where they were watched for here', () => {
    const session = { target: 'host.example', isSimulated: false, origin: 'measured' } as const;
    expect(momentsOf(sessionAlertMarks(ALERTS, session))).toEqual(['alert 1']);
    expect(momentsOf(sessionAlertMarks(ALERTS, { ...session, isSimulated: true }))).toEqual(['alert 4']);
    expect(sessionAlertMarks(ALERTS, { ...session, origin: 'imported' })).toEqual([]);
  });
});
