import { Anchor } from '@mantine/core';
import type { SimulatedInternet } from '../../../../contract/system.ts';
import { EmptyTargets } from '../../ui/EmptyTargets.tsx';

interface EmptyPathsProps {
  readonly disabled: boolean;
  /** The simulated internet that the engine is in; null in the network. */
  readonly simulated: SimulatedInternet | null;
  /** Where there are lessons. */
  readonly learnHref: string;
  readonly onAdd: (targets: readonly string[]) => Promise<unknown>;
}

const SUGGESTIONS = [
  { target: '1.1.1.1', about: 'Cloudflare' },
  { target: '9.9.9.9', about: 'Quad9' },
  { target: 'example.com', about: 'by name' },
];

const HOPS = [
  [20, 44],
  [84, 44],
  [140, 26],
  [196, 46],
  [252, 22],
];

/** What there is to do before the first path. */
export function EmptyPaths({ learnHref, ...rest }: EmptyPathsProps) {
  return (
    <EmptyTargets
      {...rest}
      title="No path is being watched yet"
      heading="h3"
      sentence="Add a host: every hop on the way to it is then probed once a second, and you are told in plain words where it hurts."
      suggestions={SUGGESTIONS}
      more={
        <>
          No fault at hand?{' '}
          <Anchor inherit underline="always" href={learnHref}>
            Learn to read one
          </Anchor>{' '}
          in an internet that exists only in this program.
        </>
      }
    >
      <path d="M20 44H84L140 26L196 46L252 22L300 34" fill="none" stroke="currentColor" strokeWidth="2" />
      {HOPS.map(([x, y]) => (
        <circle key={x} cx={x} cy={y} r="4.5" fill="var(--page)" stroke="currentColor" strokeWidth="2" />
      ))}
      <circle cx="300" cy="34" r="6" fill="currentColor" />
    </EmptyTargets>
  );
}
