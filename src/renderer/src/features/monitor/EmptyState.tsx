import type { SimulatedInternet } from '../../../../contract/system.ts';
import { EmptyTargets } from '../../ui/EmptyTargets.tsx';

interface EmptyStateProps {
  readonly disabled: boolean;
  /** The simulated internet that the engine is in; null in the network. */
  readonly simulated: SimulatedInternet | null;
  readonly onAdd: (targets: readonly string[]) => Promise<unknown>;
}

const SUGGESTIONS = [
  { target: '127.0.0.1', about: 'this machine' },
  { target: '1.1.1.1', about: 'Cloudflare' },
  { target: '9.9.9.9', about: 'Quad9' },
  { target: 'example.com', about: 'by name' },
];

/** What there is to do before the first target. */
export function EmptyState(props: EmptyStateProps) {
  return (
    <EmptyTargets
      {...props}
      title="Nothing is being watched yet"
      heading="h2"
      sentence="Type a host above and press Start. Its round trips then draw themselves, and every lost probe is marked."
      suggestions={SUGGESTIONS}
    >
      <path
        d="M0 52 L26 50 L44 53 L62 48 L80 52 L98 51 L116 30 L134 50 L152 52 L170 49 L188 53 L206 14 L224 50 L242 52 L260 49 L278 52 L300 50"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinejoin="round"
      />
      <circle cx="302" cy="50" r="4" fill="currentColor" />
    </EmptyTargets>
  );
}
