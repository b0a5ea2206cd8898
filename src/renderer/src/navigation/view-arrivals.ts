import type { PagePlace } from './page-place.ts';
import type { ViewId } from './views.ts';

/** What is to be done in a view once it is on the screen. */
export class ViewArrivals {
  readonly #place: Pick<PagePlace, 'go'>;
  #shown: ViewId;
  #wanted: { readonly view: ViewId; readonly act: () => void } | null = null;

  /** `shown` is the view that is on the screen now. */
  constructor(place: Pick<PagePlace, 'go'>, shown: ViewId) {
    this.#place = place;
    this.#shown = shown;
  }

  /** Goes to a view and acts there; at once where it is shown already. Of several wishes before a view has come, the last is kept. */
  goAndAct(view: ViewId, act: () => void): void {
    this.#place.go(view);
    if (this.#shown === view) act();
    else this.#wanted = { view, act };
  }

  /** Tells that a view is on the screen and has taken the keyboard. A wish for another one is let go. */
  arrive(view: ViewId): void {
    this.#shown = view;
    const wanted = this.#wanted;
    this.#wanted = null;
    if (wanted?.view === view) wanted.act();
  }
}
