import { useCallback, useMemo, useState } from 'react';
import { useRemembered } from '../../ui/use-remembered.ts';
import {
  type ColumnChoice,
  DEFAULT_COLUMNS,
  formatColumns,
  moveColumn,
  parseColumns,
  placeColumn,
  resizeColumn,
  toggleColumn,
} from './column-choice.ts';

export interface ColumnActions {
  readonly toggle: (id: string) => void;
  readonly move: (id: string, places: number) => void;
  /** Puts a column where another one stands. */
  readonly place: (id: string, at: string) => void;
  readonly resize: (id: string, widthPx: number | null) => void;
  /** Shows a width that is not decided yet; null: none is being tried. */
  readonly tryWidth: (tried: { readonly id: string; readonly widthPx: number } | null) => void;
  readonly reset: () => void;
}

/** The columns of the hop table as they were chosen, remembered from start to start. */
export function useColumnChoice(): { readonly choice: ColumnChoice; readonly actions: ColumnActions } {
  const [remembered, remember] = useRemembered('hopscope-hop-columns', DEFAULT_COLUMNS);
  const [tried, setTried] = useState<{ readonly id: string; readonly widthPx: number } | null>(null);
  const kept = useMemo(() => parseColumns(remembered), [remembered]);
  const choice = useMemo(() => (tried === null ? kept : resizeColumn(kept, tried.id, tried.widthPx)), [kept, tried]);
  const change = useCallback((next: ColumnChoice) => remember(formatColumns(next)), [remember]);
  const actions = useMemo(
    (): ColumnActions => ({
      toggle: (id) => change(toggleColumn(kept, id)),
      move: (id, places) => change(moveColumn(kept, id, places)),
      place: (id, at) => change(placeColumn(kept, id, at)),
      resize: (id, widthPx) => change(resizeColumn(kept, id, widthPx)),
      tryWidth: setTried,
      reset: () => remember(DEFAULT_COLUMNS),
    }),
    [kept, change, remember],
  );
  return { choice, actions };
}
