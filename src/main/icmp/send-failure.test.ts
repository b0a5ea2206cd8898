import { expect, it, vi } from 'vitest';
import { sendFailureReasonOn } from './send-failure.ts';

vi.mock('./native-addon.ts', async () => ({ nativeAddon: (await import('./fake-native-addon.ts')).fakeNativeAddon }));

/** A machine on 192.168.1.0/24. */
const LOCAL = {
  isBroadcast: (address: string) => address === '192.168.1.255',
  isOnLink: (address: string) => address.startsWith('192.168.1.'),
};

it('takes a refusal of macOS for its own links as the permission that is missing, and nothing else', () => {
  expect(sendFailureReasonOn('EHOSTUNREACH', '192.168.1.7', LOCAL, 'darwin')).toBe('local-network-denied');
  expect(sendFailureReasonOn('EHOSTUNREACH', '192.0.2.7', LOCAL, 'darwin')).toBe('no-route');
  expect(sendFailureReasonOn('EHOSTDOWN', '192.168.1.7', LOCAL, 'darwin')).toBe('other');
  expect(sendFailureReasonOn('EHOSTUNREACH', '192.168.1.7', LOCAL, 'linux')).toBe('no-route');
});

it('tells an option that Windows does not have from a fault', () => {
  expect(sendFailureReasonOn('ENOTSUP', '192.0.2.7', LOCAL, 'win32')).toBe('not-on-this-system');
  expect(sendFailureReasonOn('ENOTSUP', '192.0.2.7', LOCAL, 'linux')).toBe('other');
});

it('tells a broadcast that was not enabled from a ban', () => {
  expect(sendFailureReasonOn('EACCES', '192.168.1.255', LOCAL, 'linux')).toBe('broadcast-not-enabled');
  expect(sendFailureReasonOn('EACCES', '192.168.1.7', LOCAL, 'linux')).toBe('not-permitted');
});
