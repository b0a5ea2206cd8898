import type { Logger } from '../base/logger.ts';
import type { Random } from '../base/random.ts';

/**
 * Writes down an error that should not have happened and returns the reference to show for it: eight hexadecimal
 * digits that find the entry in the log.
 */
export function createBugNotice(deps: {
  readonly logger: Logger;
  readonly random: Random;
}): (error: unknown) => string {
  return (error) => {
    const reference = deps.random.uint32().toString(16).padStart(8, '0');
    deps.logger.error('bug', {
      reference,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
    return reference;
  };
}
