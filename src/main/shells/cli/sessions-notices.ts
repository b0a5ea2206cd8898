import type { Client } from '../../../contract/client.ts';
import { describeFailure } from '../../../contract/describe-failure.ts';
import { escapeControls } from '../../../contract/escape-controls.ts';
import type { Failure } from '../../../contract/failure.ts';
import type { HopscopeContract } from '../../../contract/index.ts';
import type { Files } from './files.ts';
import { quote } from './option-table.ts';
import type { ExitCode, Terminal } from './terminal.ts';

export interface RunSessionsDeps {
  readonly client: Client<HopscopeContract>;
  readonly terminal: Terminal;
  readonly files: Files;
}

/** Tells why a call failed: 1 when there is no such session, else 2. */
export function refuse(terminal: Terminal, failure: Failure): ExitCode {
  if (failure.code !== 'not-found') {
    warn(terminal, describeFailure(failure, 'other').sentence);
    return 2;
  }
  warn(terminal, `There is no session ${quote(failure.id)}; "hopscope sessions list" lists those there are.`);
  return 1;
}

export function warn(terminal: Terminal, sentence: string): void {
  terminal.warn(`hopscope sessions: ${escapeControls(sentence)}`);
}
