import type { Rule } from '../path-evidence.ts';
import { rejectionVerdict } from '../rejection-verdict.ts';

/** A firewall or an administrator on the way says no. */
export const refused: Rule = (evidence) => rejectionVerdict(evidence, 'refused');
