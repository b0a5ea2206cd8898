import { describe, expect, it } from 'vitest';
import { openWebSocketLink } from './web-socket-link.ts';

/** A socket whose events the test causes. */
class TestSocket extends EventTarget {
  readyState = 0;
  bufferedAmount = 0;
  readonly sent: string[] = [];

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {}

  happen(type: 'open' | 'close'): void {
    this.readyState = type === 'open' ? 1 : 3;
    this.dispatchEvent(new Event(type));
  }

  receive(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

const open = async () => {
  const socket = new TestSocket();
  const opening = openWebSocketLink(socket as unknown as WebSocket);
  socket.happen('open');
  const link = await opening;
  if (link === null) throw new Error('the link should be open');
  return { socket, link };
};

describe('openWebSocketLink', () => {
  it('gives null when the socket closes before it is open', async () => {
    const socket = new TestSocket();
    const opening = openWebSocketLink(socket as unknown as WebSocket);
    socket.happen('close');
    expect(await opening).toBeNull();
  });

  it('carries messages as JSON text, both ways', async () => {
    const { socket, link } = await open();
    const received: unknown[] = [];
    link.onMessage((message) => received.push(message));
    link.send({ type: 'cancel', id: 7 });
    socket.receive('{"type":"end","id":7,"failure":null}');
    expect(socket.sent).toEqual(['{"type":"cancel","id":7}']);
    expect(received).toEqual([{ type: 'end', id: 7, failure: null }]);
  });

  it('drops what is not JSON text, and goes on', async () => {
    const { socket, link } = await open();
    const received: unknown[] = [];
    link.onMessage((message) => received.push(message));
    socket.receive('{"broken');
    socket.receive(new ArrayBuffer(8));
    socket.receive('1');
    expect(received).toEqual([1]);
  });

  it('tells of its end once, also to who asks later, and sends nothing more', async () => {
    const { socket, link } = await open();
    let closed = 0;
    link.onClose(() => closed++);
    socket.happen('close');
    socket.happen('close');
    link.onClose(() => closed++);
    link.send({ type: 'cancel', id: 1 });
    expect([closed, socket.sent]).toEqual([2, []]);
  });

  it('is congested while more than a mebibyte waits', async () => {
    const { socket, link } = await open();
    socket.bufferedAmount = 1_048_577;
    expect(link.isCongested()).toBe(true);
    socket.bufferedAmount = 0;
    expect(link.isCongested()).toBe(false);
  });
});
