import type { Failure } from '../../../contract/failure.ts';

/** What a person should hear of here: not the natural end of a stream, nor the end of the whole connection. */
export function worthTelling(failure: Failure | null): Failure | null {
  return failure?.code === 'connection-lost' ? null : failure;
}
