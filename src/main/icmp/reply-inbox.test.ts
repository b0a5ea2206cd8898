import { expect, it } from 'vitest';
import type { ReceivedDatagram } from './received-datagram.ts';
import { ReplyInbox } from './reply-inbox.ts';

const LIMIT = 4_096;

function put(inbox: ReplyInbox, sequence: number, isForeign: boolean, messageBytes = 0): void {
  const datagram = { sequence, message: new Uint8Array(messageBytes) } as unknown as ReceivedDatagram;
  inbox.put({ datagram, isDuplicate: false, isForeign });
}

function oldest(inbox: ReplyInbox): number | undefined {
  return inbox.take(() => true)?.datagram.sequence;
}

it('drops the oldest message when 4,096 wait, and counts it', () => {
  const inbox = new ReplyInbox();
  for (let sequence = 0; sequence <= LIMIT; sequence++) put(inbox, sequence, false);
  expect([oldest(inbox), inbox.dropped]).toEqual([1, 1]);
});

it('drops foreign messages first, which are no loss of ours', () => {
  const inbox = new ReplyInbox();
  put(inbox, 1, false);
  put(inbox, 2, true);
  for (let sequence = 3; sequence <= LIMIT + 1; sequence++) put(inbox, sequence, false);
  expect([oldest(inbox), oldest(inbox), inbox.dropped]).toEqual([1, 3, 0]);
});

it('keeps every own message through a flood of foreign ones', () => {
  const inbox = new ReplyInbox();
  for (let sequence = 0; sequence < LIMIT; sequence++) put(inbox, sequence, false);
  for (let index = 0; index < 100; index++) put(inbox, -1, true);
  expect([oldest(inbox), inbox.dropped]).toEqual([0, 0]);
});

it('holds 4 MiB of payload', () => {
  const inbox = new ReplyInbox();
  for (let sequence = 0; sequence < 65; sequence++) put(inbox, sequence, false, 64 * 1_024);
  expect([oldest(inbox), inbox.dropped]).toEqual([1, 1]);
});
