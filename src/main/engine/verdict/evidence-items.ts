import type { Evidence } from '../../../contract/verdict.ts';
import { wilsonInterval } from '../statistics/wilson.ts';
import type { LossCount } from './loss-count.ts';

/** The numbers that a verdict rests on, in the one form that all of them have. Every label stands alone. */

/** A ratio of probes with its 95 % Wilson interval. */
export function ratioEvidence(label: string, { lost, probes }: LossCount): Evidence {
  const interval = wilsonInterval(lost, probes);
  return {
    label,
    value: probes === 0 ? 0 : lost / probes,
    unit: 'ratio',
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    samples: probes,
  };
}

/** A time in milliseconds, to the microsecond; `samples` says of how many round trips it is. */
export function timeEvidence(label: string, milliseconds: number, samples: number | null): Evidence {
  return { ...bare(label, Math.round(milliseconds * 1_000) / 1_000, 'ms'), samples };
}

/** How many there are of something; `samples` says among how many. */
export function countEvidence(label: string, count: number, samples: number | null = null): Evidence {
  return { ...bare(label, count, 'count'), samples };
}

/** A numeric address. */
export function addressEvidence(label: string, address: string): Evidence {
  return bare(label, address, 'address');
}

/** A hop limit. */
export function hopEvidence(label: string, hopLimit: number): Evidence {
  return bare(label, hopLimit, 'hop');
}

/** Something that is no number: a name, a code as the system gives it. */
export function textEvidence(label: string, text: string): Evidence {
  return bare(label, text, 'text');
}

/** A duration in seconds, given in milliseconds. */
export function secondsEvidence(label: string, milliseconds: number): Evidence {
  return bare(label, Math.round(milliseconds / 100) / 10, 's');
}

/** A size in bytes, IP header included. */
export function bytesEvidence(label: string, bytes: number): Evidence {
  return bare(label, bytes, 'bytes');
}

/** A rate per second, to two decimals. */
export function rateEvidence(label: string, perSecond: number): Evidence {
  return bare(label, Math.round(perSecond * 100) / 100, 'per-second');
}

function bare(label: string, value: number | string, unit: Evidence['unit']): Evidence {
  return { label, value, unit, low: null, high: null, samples: null };
}
