/** How fast a sweep may ask. */
export const RATES = [
  { value: '100', label: '100 a second' },
  { value: '1000', label: '1,000 a second' },
  { value: '5000', label: '5,000 a second' },
  { value: '20000', label: '20,000 a second' },
  { value: 'most', label: 'As fast as nothing is lost here' },
];

/** How often an address that does not answer is asked again. */
export const RETRIES = [
  { value: '0', label: 'Never' },
  { value: '1', label: 'Once' },
  { value: '2', label: 'Twice' },
  { value: '3', label: '3 times' },
];

export const DEFAULT_RATE = '1000';
export const DEFAULT_RETRIES = '1';

/** Requests a second of a choice, null for no limit; what was remembered of another version is the default. */
export function rateOf(choice: string): number | null {
  const known = RATES.some(({ value }) => value === choice) ? choice : DEFAULT_RATE;
  return known === 'most' ? null : Number(known);
}

export function retriesOf(choice: string): number {
  return Number(RETRIES.some(({ value }) => value === choice) ? choice : DEFAULT_RETRIES);
}
