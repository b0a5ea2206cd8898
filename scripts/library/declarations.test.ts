import { expect, it } from 'vitest';
import { declarationsOf } from './declarations.ts';

it('reads classes with what is public of them, a getter and its setter as one property', () => {
  const source = `
/** A socket. */
export declare class Socket extends Base implements Disposable {
    #private;
    private hidden: string;
    /** Sends. */
    send(request: Request): void;
    /** Whether it waits. */
    get blocking(): boolean;
    set blocking(enabled: boolean);
    get isClosed(): boolean;
}`;
  const shared = { isOptional: false, isProtected: false };
  expect(declarationsOf('socket.d.ts', source)).toEqual([
    {
      kind: 'class',
      name: 'Socket',
      signature: 'class Socket extends Base implements Disposable',
      parent: 'Base',
      doc: { text: 'A socket.', parameters: [], throws: [] },
      members: [
        {
          ...shared,
          kind: 'method',
          name: 'send',
          signature: 'send(request: Request): void',
          isReadonly: false,
          doc: { text: 'Sends.', parameters: [], throws: [] },
        },
        {
          ...shared,
          kind: 'property',
          name: 'blocking',
          signature: 'boolean',
          isReadonly: false,
          doc: { text: 'Whether it waits.', parameters: [], throws: [] },
        },
        { ...shared, kind: 'property', name: 'isClosed', signature: 'boolean', isReadonly: true, doc: null },
      ],
    },
  ]);
});

it('reads functions, constants and types, and leaves what is not exported', () => {
  const source = `
declare const inner: number;
/** One. */
export declare const PID: number;
export declare function ping(
    address: string,
    /* not told */ count?: number,
): Promise<Host>;
export type Kind = 'a' | 'b';`;
  expect(declarationsOf('all.d.ts', source).map(({ kind, name, signature }) => [kind, name, signature])).toEqual([
    ['constant', 'PID', 'const PID: number'],
    ['function', 'ping', 'function ping( address: string, count?: number, ): Promise<Host>'],
    ['type', 'Kind', "type Kind = 'a' | 'b'"],
  ]);
});
