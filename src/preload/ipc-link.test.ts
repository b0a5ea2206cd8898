import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { Message } from '../contract/link.ts';
import { ipcLink } from './ipc-link.ts';

const event = (value: unknown): Message => ({ type: 'event', id: 1, value });

/** A page's link, what it sent to the engine, and an engine that says what it is told to say. */
function startPage(linkId = 'one') {
  const engine = new EventEmitter();
  const sent: unknown[] = [];
  const ipc = {
    send: (...args: unknown[]) => void sent.push(args),
    on: (channel: string, listener: (...args: unknown[]) => void) => engine.on(channel, listener),
  };
  const link = ipcLink(ipc as unknown as Parameters<typeof ipcLink>[0], linkId);
  const heard: unknown[] = [];
  link.onMessage((message) => heard.push(message));
  link.onClose(() => heard.push('closed'));
  return { link, sent, heard, say: (...args: unknown[]) => void engine.emit('hopscope:to-page', {}, ...args) };
}

describe('the page’s end of the link to the engine', () => {
  it('opens itself by its name and then carries messages both ways', () => {
    const { link, sent, heard, say } = startPage();
    link.send(event('to the engine'));
    say('one', 'message', event('to the page'));
    expect(sent).toEqual([
      ['hopscope:to-engine', 'one', 'open'],
      ['hopscope:to-engine', 'one', 'message', event('to the engine')],
    ]);
    expect(heard).toEqual([event('to the page')]);
  });

  it('does not take what was meant for the page before a reload', () => {
    const { heard, say } = startPage('after');
    say('before', 'message', event('late'));
    say('before', 'closed');
    expect(heard).toEqual([]);
  });

  it('confirms what it received, sixteen messages at a time', () => {
    const { sent, say } = startPage();
    for (let count = 0; count < 40; count++) say('one', 'message', event(count));
    expect(sent.slice(1)).toEqual([
      ['hopscope:to-engine', 'one', 'received', 16],
      ['hopscope:to-engine', 'one', 'received', 32],
    ]);
  });

  it('hears once that the engine has closed it, also when it asks afterwards, and then neither hears nor sends', () => {
    const { link, sent, heard, say } = startPage();
    say('one', 'closed');
    say('one', 'closed');
    say('one', 'message', event('late'));
    link.send(event('late'));
    link.onClose(() => heard.push('late'));
    expect(heard).toEqual(['closed', 'late']);
    expect(sent).toHaveLength(1);
  });
});
