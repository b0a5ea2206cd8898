import type { PathEvidence } from './path-evidence.ts';

/**
 * The same function, whose result is kept for as long as the evidence itself: several rules rest on one finding, and
 * evidence does not change.
 */
export function oncePerEvidence<T>(find: (evidence: PathEvidence) => T): (evidence: PathEvidence) => T {
  const findings = new WeakMap<PathEvidence, { readonly value: T }>();
  return (evidence) => {
    const known = findings.get(evidence) ?? { value: find(evidence) };
    findings.set(evidence, known);
    return known.value;
  };
}
