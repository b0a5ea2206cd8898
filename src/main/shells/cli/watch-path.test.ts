import { describe, expect, it } from 'vitest';
import { behind, createTestServices } from '../../service/test-services.ts';
import { runInTest } from './test-terminal.ts';

const TARGET = '192.0.2.1';
const NO_ROUTE = { kind: 'send-fails', reason: 'no-route', code: 'ENETUNREACH' } as const;

describe('a path over which nothing could be sent', () => {
  it.each([
    ['trace', '-c', '3'],
    ['monitor', '-d', '5'],
  ])('ends %s with 2 and the reason, as this machine is at fault and not the target', async (...command) => {
    const services = createTestServices({ [TARGET]: () => NO_ROUTE });
    const { code, out, notices } = await runInTest([...command, '--json', TARGET], services);
    expect([code, notices]).toEqual([2, []]);
    const told = JSON.parse(out.at(-1) ?? '');
    expect(told).toMatchObject({ reached: false });
    expect(told.message).toMatch(/could not send .*no IPv4 route to the address.*ENETUNREACH/);
  });

  it('says so on standard error where the form has no place for it', async () => {
    const services = createTestServices({ [TARGET]: () => NO_ROUTE });
    const { code, notices } = await runInTest(['trace', '--format', 'csv', TARGET], services);
    expect(code).toBe(2);
    expect(notices.join()).toContain('ENETUNREACH');
  });

  it('ends with 1 when something was sent, though not all, and nobody answered', async () => {
    const path = behind([null, null, null]);
    const services = createTestServices({
      [TARGET]: (nth, probe) =>
        nth < 40 ? NO_ROUTE : probe.hopLimit > 2 || typeof path !== 'function' ? { kind: 'silent' } : path(nth, probe),
    });
    const { code, out } = await runInTest(['trace', '--json', '-c', '4', TARGET], services);
    expect([code, JSON.parse(out[0] ?? '').message]).toEqual([1, null]);
  });
});
