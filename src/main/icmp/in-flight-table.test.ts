import { expect, it } from 'vitest';
import { milliseconds, monotonicMilliseconds } from '../../contract/units.ts';
import { DeadlineQueue } from './deadline-queue.ts';
import { type InFlightEntry, InFlightTable } from './in-flight-table.ts';

it('knows a probe by its sequence until another needs the place', () => {
  const table = new InFlightTable();
  const first = table.open() as InFlightEntry;
  first.state = 'answered';
  for (let count = 0; count < 63; count++) (table.open() as InFlightEntry).state = 'answered';
  expect(table.bySequence(0)).toBe(first);
  (table.open() as InFlightEntry).state = 'answered'; // serial 64 takes the place of serial 0
  expect([table.bySequence(0), table.bySequence(64)?.serial, table.capacity]).toEqual([null, 64, 64]);
});

it('grows rather than forget a probe that is under way', () => {
  const table = new InFlightTable();
  for (let count = 0; count < 1_000; count++) (table.open() as InFlightEntry).state = 'in-flight';
  expect([table.bySequence(0)?.serial, table.bySequence(999)?.serial, table.capacity]).toEqual([0, 999, 1_024]);
});

it('refuses the 65,537th probe under way and takes it when the oldest has ended', () => {
  const table = new InFlightTable();
  for (let count = 0; count < 65_536; count++) (table.open() as InFlightEntry).state = 'in-flight';
  expect(table.open()).toBeNull();
  (table.bySequence(0) as InFlightEntry).state = 'timed-out';
  expect(table.open()?.serial).toBe(65_536);
});

it('goes on after the serial has passed 2^32', () => {
  const table = new InFlightTable(0xffff_ffff);
  const last = table.open() as InFlightEntry;
  last.state = 'in-flight';
  const next = table.open() as InFlightEntry;
  next.state = 'in-flight';
  expect([last.serial, next.serial, table.bySequence(0xffff), table.bySequence(0)]).toEqual([
    0xffff_ffff,
    0,
    last,
    next,
  ]);
});

it('gives the earliest deadline over all timeouts, leaving out probes that have ended', () => {
  const queue = new DeadlineQueue();
  const ended = new Set<number>();
  for (let serial = 0; serial < 200; serial++) {
    const timeout = serial % 2 === 0 ? 1_000 : 10;
    queue.add(serial, milliseconds(timeout), monotonicMilliseconds(serial + timeout));
  }
  const isWaiting = (serial: number) => !ended.has(serial);
  expect(queue.next(isWaiting)).toBe(11);
  for (let serial = 1; serial < 200; serial += 2) ended.add(serial);
  expect(queue.next(isWaiting)).toBe(1_000);
});

it('takes what is due, each once, in the order of sending within a timeout', () => {
  const queue = new DeadlineQueue();
  for (let serial = 0; serial < 500; serial++) queue.add(serial, milliseconds(5), monotonicMilliseconds(serial + 5));
  const taken: number[] = [];
  queue.takeDue(monotonicMilliseconds(104), (serial) => taken.push(serial));
  expect(taken).toEqual(Array.from({ length: 100 }, (_, serial) => serial));
  queue.takeDue(monotonicMilliseconds(104), (serial) => taken.push(serial));
  expect([taken.length, queue.next(() => true)]).toEqual([100, 105]);
});
