import { Emitter } from '../../base/emitter.ts';

/**
 * Whether rules may run programs. It is given by whoever starts this process, and by the menu of the desktop app; nothing
 * that comes over the contract changes it, so that an access token is not the right to run programs.
 */
export class ProgramPermission {
  readonly onChange = new Emitter<void>();
  #isGiven: boolean;

  constructor(isGiven: boolean) {
    this.#isGiven = isGiven;
  }

  get isGiven(): boolean {
    return this.#isGiven;
  }

  give(isGiven: boolean): void {
    if (isGiven === this.#isGiven) return;
    this.#isGiven = isGiven;
    this.onChange.emit();
  }
}
