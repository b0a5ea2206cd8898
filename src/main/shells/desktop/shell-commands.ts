import type { HopscopeContract } from '../../../contract/index.ts';
import type { Handlers, StreamSink } from '../../../contract/serve.ts';
import type { ShellCommand } from '../../../contract/shell.ts';

/** Commands for a page that is still being loaded; more than a person can give meanwhile. */
const MOST_WAITING = 8;

/** Hands the commands of menu, tray and notifications to the page, or keeps them until there is one. */
export class ShellCommands {
  readonly handlers: Handlers<HopscopeContract>['shell'] = {
    commands: (_, sink) => {
      this.#sinks.add(sink);
      for (const command of this.#waiting.splice(0)) sink.emit(command);
      return { [Symbol.dispose]: () => void this.#sinks.delete(sink) };
    },
  };
  readonly #sinks = new Set<StreamSink<ShellCommand>>();
  readonly #waiting: ShellCommand[] = [];

  give(command: ShellCommand): void {
    for (const sink of this.#sinks) sink.emit(command);
    if (this.#sinks.size > 0) return;
    this.#waiting.push(command);
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift();
  }
}
