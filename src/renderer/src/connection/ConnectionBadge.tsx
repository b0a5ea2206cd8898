import { StatusBadge } from '../ui/StatusBadge.tsx';
import type { ConnectionState } from './engine-connection.ts';

export function ConnectionBadge({ state }: { readonly state: ConnectionState }) {
  switch (state.phase) {
    case 'connecting':
      return <StatusBadge tone="waiting" label="Connecting" />;
    case 'connected':
      return <StatusBadge tone="good" label="Engine connected" />;
    case 'lost':
      return <StatusBadge tone="bad" label="Connection lost" />;
    case 'refused':
      return <StatusBadge tone="bad" label="Not let in" />;
  }
}
