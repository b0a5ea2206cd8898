import { expect, it } from 'vitest';
import { ICMPSocketError, SocketPermissionError } from './errors.ts';
import {
  describeSystemError,
  NAME_NOT_KNOWN,
  systemErrorOf,
  thrownSystemError,
  WRONG_ADDRESS_FAMILY,
} from './system-error.ts';

it('76. tells a system error in the words of glibc', () => {
  const texts = [101, 113, 22, 90, 1, 11, 99].map((errno) => describeSystemError(systemErrorOf(errno, 'sendmsg')));
  expect(texts).toEqual([
    '[Errno 101] Network is unreachable',
    '[Errno 113] No route to host',
    '[Errno 22] Invalid argument',
    '[Errno 90] Message too long',
    '[Errno 1] Operation not permitted',
    '[Errno 11] Resource temporarily unavailable',
    '[Errno 99] Cannot assign requested address',
  ]);
  expect([NAME_NOT_KNOWN, WRONG_ADDRESS_FAMILY].map(describeSystemError)).toEqual([
    '[Errno -2] Name or service not known',
    '[Errno -9] Address family for hostname not supported',
  ]);
});

it('has the words of the platform for what glibc calls otherwise', () => {
  // ECONNRESET (104) is not in the table: no ICMP socket meets it.
  expect(describeSystemError(systemErrorOf(104, 'sendmsg'))).toBe('[Errno 104] connection reset by peer');
});

it('76. an ICMPSocketError of the system has errno, code and system call', () => {
  expect(new ICMPSocketError(systemErrorOf(101, 'sendmsg'))).toMatchObject({
    errno: 101,
    code: 'ENETUNREACH',
    syscall: 'sendmsg',
  });
  expect(new ICMPSocketError('closed')).toMatchObject({ errno: null, code: null, syscall: null });
});

it('takes only system errors for system errors', () => {
  const thrown = Object.assign(new Error('bind'), { errno: -99, code: 'EADDRNOTAVAIL', syscall: 'bind' });
  expect(thrownSystemError(thrown)).toEqual({ errno: 99, code: 'EADDRNOTAVAIL', syscall: 'bind' });
  expect([new TypeError('wrong'), 'text', null].map(thrownSystemError)).toEqual([null, null, null]);
});

it('23. 24. knows the remedy of an unprivileged socket, and none of a privileged one', () => {
  expect(new SocketPermissionError(true, '1 0')).toMatchObject({
    message: 'Root privileges are required to create the socket',
    groupRange: null,
    remedy: null,
  });
  expect(new SocketPermissionError(false, '1 0')).toMatchObject({
    groupRange: '1 0',
    remedy: 'sysctl -w net.ipv4.ping_group_range="0 2147483647"',
  });
});
