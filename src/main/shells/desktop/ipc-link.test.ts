import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { Link, Message } from '../../../contract/link.ts';
import { acceptPageLinks, type PageContents } from './ipc-link.ts';

const OWN = 'app://bundle/index.html';
const event = (value: unknown): Message => ({ type: 'event', id: 1, value });

/** A window's contents, the links it gave, what it sent to its page, and a page that says what it is told to say. */
function startWindow() {
  const contents = new EventEmitter();
  const ipc = new EventEmitter();
  const links: Link[] = [];
  const toPage: unknown[] = [];
  let reloads = 0;
  let isDestroyed = false;
  const accepting = acceptPageLinks(
    Object.assign(contents, {
      ipc,
      isDestroyed: () => isDestroyed,
      reload: () => void reloads++,
      send: (...sent: unknown[]) => void toPage.push(sent),
    }) as unknown as PageContents,
    (url) => url.startsWith('app://bundle/'),
    (link) => void links.push(link),
  );
  const sayFrom = (senderFrame: object | null, ...args: unknown[]) =>
    void ipc.emit('hopscope:to-engine', { senderFrame }, ...args);
  return {
    links,
    toPage,
    reloads: () => reloads,
    accepting,
    contents,
    ipc,
    sayFrom,
    /** What our own page says in its top frame. */
    say: (...args: unknown[]) => sayFrom({ url: OWN, parent: null }, ...args),
    destroy: () => {
      isDestroyed = true;
      contents.emit('destroyed');
    },
  };
}

/** Everything that a link says, its end included. */
function hear(link: Link | undefined): unknown[] {
  const heard: unknown[] = [];
  link?.onMessage((message) => heard.push(message));
  link?.onClose(() => heard.push('closed'));
  return heard;
}

describe('the engine’s end of the link to a page', () => {
  it('carries messages both ways', () => {
    const { links, toPage, say } = startWindow();
    say('one', 'open');
    const heard = hear(links[0]);
    say('one', 'message', event('to the engine'));
    links[0]?.send(event('to the page'));
    expect(heard).toEqual([event('to the engine')]);
    expect(toPage).toEqual([['hopscope:to-page', 'one', 'message', event('to the page')]]);
  });

  it('is a new one after a reload: the old one closes and hears nothing more', () => {
    const { links, toPage, say } = startWindow();
    say('before', 'open');
    const before = hear(links[0]);
    say('after', 'open');
    const after = hear(links[1]);
    say('before', 'message', event('late'));
    say('after', 'message', event('new'));
    links[0]?.send(event('to nobody'));
    expect({ before, after }).toEqual({ before: ['closed'], after: [event('new')] });
    expect(toPage).toEqual([['hopscope:to-page', 'before', 'closed']]);
  });

  it.each([
    ['a frame inside the page', { url: OWN, parent: {} }],
    ['a page that is not ours', { url: 'https://evil.example/', parent: null }],
    ['a frame that has gone', null],
  ])('is neither given to %s nor takes its messages', (_case, senderFrame) => {
    const { links, say, sayFrom } = startWindow();
    sayFrom(senderFrame, 'stranger', 'open');
    expect(links).toEqual([]);
    say('one', 'open');
    const heard = hear(links[0]);
    sayFrom(senderFrame, 'one', 'message', event('stolen'));
    expect(heard).toEqual([]);
  });

  it.each([[[]], [[1, 'open']], [[null, 'open']], [[{}, 'open']], [['one']], [['one', 'message', event('first')]]])(
    'is not opened by %j',
    (args) => {
      const { links, say } = startWindow();
      say(...args);
      expect(links).toEqual([]);
    },
  );

  it('is congested above 64 messages that the page has not confirmed, and above 4,096 ends and has the page loaded anew', () => {
    const { links, say, reloads } = startWindow();
    say('one', 'open');
    const link = links[0] as Link;
    const heard = hear(link);
    const send = (count: number) => {
      for (let sent = 0; sent < count; sent++) link.send(event(sent));
      return link.isCongested();
    };
    expect([send(64), send(1)]).toEqual([false, true]);
    say('one', 'received', 64);
    expect([send(63), send(1)]).toEqual([false, true]);
    send(4_096 - 65);
    expect({ heard, reloads: reloads() }).toEqual({ heard: [], reloads: 0 });
    send(2);
    expect({ heard, reloads: reloads() }).toEqual({ heard: ['closed'], reloads: 1 });
  });

  it('does not load a page anew that reloads itself, or whose link the engine ends', () => {
    const { say, reloads, accepting } = startWindow();
    say('before', 'open');
    say('after', 'open');
    accepting[Symbol.dispose]();
    expect(reloads()).toBe(0);
  });

  it('does not believe a page that confirms more than it was sent', () => {
    const { links, say } = startWindow();
    say('liar', 'open');
    say('liar', 'received', 1e9);
    say('liar', 'received', 'all of it');
    for (let sent = 0; sent < 65; sent++) links[0]?.send(event(sent));
    expect(links[0]?.isCongested()).toBe(true);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 0.5, -1])('takes %d for no count of messages', (odd) => {
    const { links, say, reloads } = startWindow();
    say('one', 'open');
    say('one', 'received', odd);
    links[0]?.send(event(1));
    expect({ reloads: reloads(), isCongested: links[0]?.isCongested() }).toEqual({ reloads: 0, isCongested: false });
    for (let sent = 0; sent < 65; sent++) links[0]?.send(event(sent));
    expect(links[0]?.isCongested()).toBe(true);
  });

  it('tells the page when the engine ends, and lets go of the window', () => {
    const { links, toPage, say, accepting, ipc, contents } = startWindow();
    say('one', 'open');
    const heard = hear(links[0]);
    accepting[Symbol.dispose]();
    links[0]?.send(event('late'));
    say('two', 'open');
    expect({ heard, toPage }).toEqual({ heard: ['closed'], toPage: [['hopscope:to-page', 'one', 'closed']] });
    expect(hear(links[0])).toEqual(['closed']);
    expect([ipc, contents].flatMap((emitter) => emitter.eventNames())).toEqual([]);
    expect(links).toHaveLength(1);
  });

  it('closes when the page’s process dies or its window is destroyed', () => {
    const crashed = startWindow();
    crashed.say('one', 'open');
    const atCrash = hear(crashed.links[0]);
    crashed.contents.emit('render-process-gone');
    const destroyed = startWindow();
    destroyed.say('one', 'open');
    const atDestroy = hear(destroyed.links[0]);
    destroyed.destroy();
    expect({ atCrash, atDestroy, toPage: destroyed.toPage }).toEqual({
      atCrash: ['closed'],
      atDestroy: ['closed'],
      toPage: [],
    });
  });
});
