import type { Rule } from '../path-evidence.ts';
import { rejectionVerdict } from '../rejection-verdict.ts';

/** A router says that it has no way to the destination, or that the destination does not answer on its own network. */
export const unreachable: Rule = (evidence) => rejectionVerdict(evidence, 'unreachable');
