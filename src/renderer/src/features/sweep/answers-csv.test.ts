import { expect, it } from 'vitest';
import { answersCsv } from './answers-csv.ts';

it('writes who answered as comma-separated values, with nothing where nothing is known', () => {
  expect(
    answersCsv([
      { index: 0, address: '192.0.2.1', family: 4, rttMs: 1.25, attempt: 0, replyHopLimit: 64 },
      { index: 9, address: '2001:db8::9', family: 6, rttMs: 12, attempt: 1, replyHopLimit: null },
    ]),
  ).toBe('address,rtt_ms,reply_hop_limit,request\r\n192.0.2.1,1.250,64,1\r\n2001:db8::9,12.000,,2\r\n');
});
