import { describe, expect, it } from 'vitest';
import { describeSelfTest } from './describe-self-test.ts';
import type { SelfTestLayer, SelfTestOutcome } from './self-test.ts';

const answered = (responder: string, hopLimit = 64): SelfTestOutcome => ({
  kind: 'answered',
  responder,
  bestMs: 1.5,
  sent: 3,
  received: 3,
  hopLimit,
});
const SILENT: SelfTestOutcome = { kind: 'silent', sent: 3 };
const NOT_TRIED: SelfTestOutcome = { kind: 'not-tried' };

function told(outcomes: Readonly<Record<4 | 6, readonly SelfTestOutcome[]>>) {
  const results = ([4, 6] as const).flatMap((family) =>
    outcomes[family].map((outcome, place) => ({
      layer: (['loopback', 'gateway', 'beyond'] as const)[place] as SelfTestLayer,
      family,
      destination: ['127.0.0.1', '192.0.2.1', '193.0.14.129'][place] ?? null,
      outcome,
    })),
  );
  const { sentence, tone, layers } = describeSelfTest({ results }, 'linux');
  const layer = (name: SelfTestLayer, family: 4 | 6) =>
    layers.find((one) => one.layer === name && one.family === family);
  return { sentence, tone, layer };
}

const WHOLE = [answered('127.0.0.1'), answered('192.0.2.1'), answered('198.51.100.1', 2)];
const NO_IPV6: readonly SelfTestOutcome[] = [answered('::1'), { kind: 'no-route', hasAddress: false }, NOT_TRIED];

describe('the words for a self-test', () => {
  it('say that all is well, and do not hold a network without IPv6 against it', () => {
    const { sentence, tone, layer } = told({ 4: WHOLE, 6: NO_IPV6 });
    expect([sentence, tone]).toEqual(['Traffic leaves this network over IPv4.', 'good']);
    expect(layer('gateway', 6)).toMatchObject({ tone: 'resting', label: 'No IPv6 here', cure: null });
    expect(layer('beyond', 4)?.sentence).toBe(
      'Hop 2 towards 193.0.14.129 is 198.51.100.1: 3 of 3 probes came back, the quickest after 1.500 ms.',
    );
  });

  it('find nothing wrong with a gateway that answers no pings but passes traffic', () => {
    const { tone, layer } = told({ 4: [answered('127.0.0.1'), SILENT, answered('198.51.100.1', 2)], 6: NO_IPV6 });
    expect(tone).toBe('good');
    expect(layer('gateway', 4)).toMatchObject({ tone: 'resting', label: 'Silent, but passes traffic', cure: null });
  });

  it('name the layer that fails first, with a cure for it', () => {
    const dead = told({ 4: [answered('127.0.0.1'), SILENT, SILENT], 6: NO_IPV6 });
    expect(dead.sentence).toBe('The first layer that fails is the default gateway over IPv4: gateway does not answer.');
    expect(dead.tone).toBe('bad');
    expect(dead.layer('gateway', 4)?.cure?.command).toBe('ip -4 neigh');
    const line = told({ 4: [answered('127.0.0.1'), answered('192.0.2.1'), SILENT], 6: NO_IPV6 });
    expect(line.sentence).toContain('the hop beyond the gateway over IPv4');
    expect(line.layer('beyond', 4)?.cure?.sentence).toContain('line to the provider');
  });

  it('tell a machine without a default route, and how to look at its routes', () => {
    const { tone, layer } = told({
      4: [answered('127.0.0.1'), { kind: 'no-route', hasAddress: true }, NOT_TRIED],
      6: NO_IPV6,
    });
    expect(tone).toBe('bad');
    expect(layer('gateway', 4)).toMatchObject({
      tone: 'bad',
      label: 'No default route',
      cure: { command: 'ip route' },
    });
  });

  it('tell IPv6 that is there without a way out, beside IPv4 that works', () => {
    const { tone, layer } = told({ 4: WHOLE, 6: [answered('::1'), { kind: 'no-route', hasAddress: true }, NOT_TRIED] });
    expect(tone).toBe('trouble');
    expect(layer('gateway', 6)).toMatchObject({ tone: 'trouble', cure: { command: 'ip -6 route' } });
  });

  it('miss nothing in a simulated internet without IPv6, and say whose lack it is', () => {
    const absent: SelfTestOutcome = { kind: 'not-open', failure: { code: 'family-not-simulated', family: 6 } };
    const { sentence, tone, layer } = told({ 4: WHOLE, 6: [absent, NOT_TRIED, NOT_TRIED] });
    expect([sentence, tone]).toEqual(['Traffic leaves this network over IPv4.', 'good']);
    expect(layer('loopback', 6)).toMatchObject({
      tone: 'resting',
      label: 'No IPv6 in this simulated internet',
      cure: null,
    });
  });

  it('lead through the cure of a machine that may not send', () => {
    const attempts = [{ transport: 'dgram' as const, osCode: 'EACCES', pingGroupRange: '1 0' }];
    const refused: SelfTestOutcome = { kind: 'not-open', failure: { code: 'icmp-not-permitted', attempts } };
    const { sentence, layer } = told({ 4: [refused, NOT_TRIED, NOT_TRIED], 6: [refused, NOT_TRIED, NOT_TRIED] });
    expect(sentence).toContain('this machine itself over IPv4: not permitted to send ICMP');
    expect(layer('loopback', 4)?.cure?.command).toContain('ping_group_range');
  });
});
