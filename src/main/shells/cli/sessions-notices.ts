import type { Client } from '../../../contract/client.ts';
import { describeFailure } from '../../../contract/describe-failure.ts';
import { escapeControls } from '../../../contract/escape-controls.ts';
import type { Failure } from '../../../contract/failure.ts';
import type { HopscopeContract } from '../../../contract/index.ts';
import type { Files } from './files.ts';
import { quote } from './option-table.ts';
import type { ExitCode, Terminal } from './terminal.ts';

export interface RunSessionsDeps {
  /** What was called, before each notice. */
  readonly name: 'hopscope sessions' | 'hopscope report';
  readonly client: Client<HopscopeContract>;
  readonly terminal: Terminal;
  readonly files: Files;
}

type Notices = Pick<RunSessionsDeps, 'name' | 'terminal'>;

/** Tells why a call failed: 1 when there is no such session, else 2. */
export function refuse(deps: Notices, failure: Failure): ExitCode {
  if (failure.code !== 'not-found') {
    warn(deps, describeFailure(failure, 'other').sentence);
    return 2;
  }
  warn(deps, `There is no session ${quote(failure.id)}; "hopscope sessions list" lists those there are.`);
  return 1;
}

export function warn({ name, terminal }: Notices, sentence: string): void {
  terminal.warn(`${name}: ${escapeControls(sentence)}`);
}
