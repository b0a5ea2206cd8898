import { describe, expect, it } from 'vitest';
import { createLocalLinks, type Message } from './link.ts';

const event = (value: unknown): Message => ({ type: 'event', id: 1, value });

describe('two joined ends in one process', () => {
  it('carry messages in order, each to the other end, in a later turn', async () => {
    const { client, server } = createLocalLinks();
    const heard: unknown[] = [];
    client.onMessage((message) => heard.push(['client', message]));
    server.onMessage((message) => heard.push(['server', message]));
    client.send(event(1));
    client.send(event(2));
    server.send(event(3));
    expect(heard).toEqual([]);
    await Promise.resolve();
    expect(heard).toEqual([
      ['server', event(1)],
      ['server', event(2)],
      ['client', event(3)],
    ]);
  });

  it('copy by value, so that a change after sending does not reach the other side', async () => {
    const { client, server } = createLocalLinks();
    const heard: unknown[] = [];
    server.onMessage((message) => heard.push(message));
    const value = { loss: 0, absent: undefined };
    client.send(event(value));
    value.loss = 1;
    await Promise.resolve();
    expect(heard).toStrictEqual([event({ loss: 0 })]);
  });

  it('deliver nothing to a receiver that has gone', async () => {
    const { client, server } = createLocalLinks();
    const heard: unknown[] = [];
    const receiving = server.onMessage((message) => heard.push(message));
    client.send(event(1));
    receiving[Symbol.dispose]();
    await Promise.resolve();
    expect(heard).toEqual([]);
  });

  it('tell of the end once, also to one who asks afterwards, and drop what was under way', async () => {
    const links = createLocalLinks();
    const heard: unknown[] = [];
    links.server.onMessage((message) => heard.push(message));
    links.client.onClose(() => heard.push('client closed'));
    links.server.onClose(() => heard.push('server closed'));
    links.server.onClose(() => heard.push('withdrawn'))[Symbol.dispose]();
    links.client.send(event(1));
    links.close();
    links.close();
    links.client.send(event(2));
    links.client.onClose(() => heard.push('late'));
    await Promise.resolve();
    expect(heard).toEqual(['client closed', 'server closed', 'late']);
  });
});
