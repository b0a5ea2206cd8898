import { StatusBadge } from '../ui/StatusBadge.tsx';
import type { ConnectionState } from './engine-connection.ts';

export function ConnectionBadge({ state }: { readonly state: ConnectionState }) {
  switch (state.phase) {
    case 'connecting':
      return <StatusBadge tone="waiting" label="Connecting" />;
    case 'connected':
      // That all is as it should be needs no words where there is little room.
      return <StatusBadge tone="good" label="Engine connected" isBriefWhenNarrow />;
    case 'lost':
      return <StatusBadge tone="bad" label="Connection lost" />;
    case 'refused':
      return <StatusBadge tone="bad" label="Not let in" />;
  }
}
