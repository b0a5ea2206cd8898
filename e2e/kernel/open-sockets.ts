/** Opens a socket of each kind and family and prints how that went. */
import { SocketUnderTest } from './native-socket.ts';

function tryOpening(family: 4 | 6, kind: 'raw' | 'dgram'): string {
  try {
    using _socket = new SocketUnderTest({ family, kind });
    return 'open';
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    return `${code} ${syscall}`;
  }
}

console.log(
  JSON.stringify({
    raw4: tryOpening(4, 'raw'),
    dgram4: tryOpening(4, 'dgram'),
    raw6: tryOpening(6, 'raw'),
    dgram6: tryOpening(6, 'dgram'),
  }),
);
