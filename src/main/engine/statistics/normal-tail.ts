/** From here on the continued fraction converges faster than the series, and loses no digits. */
const SERIES_LIMIT = 2.5;

/**
 * Chance that a standard normal value is at least as far from 0 as `z`: the p-value of a two-sided z test, to about
 * twelve digits. The series is that of Abramowitz and Stegun (1964) 26.2.11, the continued fraction 26.2.14.
 */
export function twoSidedNormalTail(z: number): number {
  const distance = Math.abs(z);
  const density = Math.exp((-distance * distance) / 2) / Math.sqrt(2 * Math.PI);
  return distance < SERIES_LIMIT ? 1 - 2 * density * centreSeries(distance) : (2 * density) / tailFraction(distance);
}

/** x + x³/3 + x⁵/(3·5) + …; the probability from 0 to x over the density at x. */
function centreSeries(x: number): number {
  let sum = 0;
  let term = x;
  for (let odd = 3; term > sum * Number.EPSILON; odd += 2) {
    sum += term;
    term *= (x * x) / odd;
  }
  return sum;
}

/** x + 1/(x + 2/(x + 3/(x + …))), from the inside out; 100 levels are enough for 15 digits from SERIES_LIMIT on. */
function tailFraction(x: number): number {
  let fraction = x;
  for (let level = 100; level >= 1; level -= 1) fraction = x + level / fraction;
  return fraction;
}
