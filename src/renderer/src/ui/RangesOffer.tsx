import { Anchor } from '@mantine/core';
import { formatQuantity } from '../format/count.ts';
import type { TypedRanges } from '../format/typed-ranges.ts';
import classes from './RangesOffer.module.css';

interface RangesOfferProps {
  readonly ranges: TypedRanges;
  /** Where ranges can be swept; they come after it. */
  readonly sweepHref: string;
}

/** What can be done with ranges that were typed where single hosts are watched. */
export function RangesOffer({ ranges: { ranges, total }, sweepHref }: RangesOfferProps) {
  return (
    <p className={classes.offer} role="alert">
      These are {formatQuantity(total, 'address', 'addresses')}.{' '}
      <Anchor inherit underline="always" href={`${sweepHref}?ranges=${encodeURIComponent(ranges)}`}>
        Sweep them
      </Anchor>{' '}
      to see which answer.
    </p>
  );
}
