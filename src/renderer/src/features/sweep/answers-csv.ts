import type { SweepAnswer } from '../../live-store/sweep-store.ts';

/**
 * Who answered as comma-separated values (RFC 4180): the round trip in milliseconds, the hop limit of the reply, empty
 * where it is not known, and which request was answered, from 1. No field can hold what would need quotes.
 */
export function answersCsv(answers: readonly SweepAnswer[]): string {
  const rows = answers.map(({ address, rttMs, replyHopLimit, attempt }) =>
    [address, rttMs.toFixed(3), replyHopLimit ?? '', attempt + 1].join(','),
  );
  return ['address,rtt_ms,reply_hop_limit,request', ...rows, ''].join('\r\n');
}
