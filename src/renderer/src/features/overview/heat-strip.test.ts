import { describe, expect, it } from 'vitest';
import { heatStrip } from './heat-strip.ts';

describe('the strip of the last minutes', () => {
  it('draws round trips from the ground, loss from the top, and no ground where nothing was measured', () => {
    const strip = heatStrip([
      { sent: 5, lost: 0, longestMs: 10 },
      { sent: 0, lost: 0, longestMs: null },
      { sent: 5, lost: 2, longestMs: 40 },
      { sent: 4, lost: 4, longestMs: null },
    ]);
    // Bars are 3 units wide, a column 4, the strip 30 high; the longest is 26 high, and 10 of 40 ms is 4 + 22 / 4.
    expect(strip).toEqual({
      usual: 'M0,30v-10h3v10z',
      slow: 'M8,30v-26h3v26z',
      lost: 'M8,0v12h3v-12zM12,0v30h3v-30z',
      ground: 'M0,30h4M8,30h4M12,30h4',
      words: 'Last 5 minutes: 6 of 14 round trips lost, 1 time slower than usual, longest 40.0 ms',
    });
  });

  it('shows one lost of many too', () => {
    expect(heatStrip([{ sent: 50, lost: 1, longestMs: 1 }]).lost).toBe('M0,0v8h3v-8z');
  });

  it('has nothing while nothing was measured, and no longest while nothing was answered', () => {
    expect(heatStrip([])).toMatchObject({ ground: '', words: 'No round trip in the last 5 minutes' });
    expect(heatStrip([{ sent: 2, lost: 2, longestMs: null }]).words).toBe(
      'Last 5 minutes: 2 of 2 round trips lost, 0 times slower than usual',
    );
  });
});
