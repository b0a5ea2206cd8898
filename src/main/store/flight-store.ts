import type { JsonRecord } from './json-file.ts';
import type { KeptRecord } from './kept-record.ts';

/** The targets that the flight recorder records, in the order of adding. */
export class FlightStore {
  readonly record: KeptRecord;

  constructor(record: KeptRecord) {
    this.record = record;
  }

  get targets(): readonly string[] {
    return targetsOf(this.record.value);
  }

  add(target: string): void {
    this.#edit((targets) => [...targets.filter((one) => one !== target), target]);
  }

  remove(target: string): void {
    this.#edit((targets) => targets.filter((one) => one !== target));
  }

  #edit(edit: (targets: readonly string[]) => readonly string[]): void {
    // Its end is of no interest here: what could not be kept is among the record's troubles.
    void this.record.change((record) => ({ ...record, targets: edit(targetsOf(record)) }));
  }
}

function targetsOf({ targets }: JsonRecord): readonly string[] {
  return Array.isArray(targets) ? targets.filter((one) => typeof one === 'string') : [];
}
