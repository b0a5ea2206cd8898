import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Navigation } from './Navigation.tsx';
import { VIEWS, type ViewId } from './views.ts';

afterEach(() => vi.restoreAllMocks());

/** Draws the views, each 60 px wide, in a row that has so much room. */
function showIn(roomPx: number, view: ViewId = 'paths') {
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(roomPx);
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 60, 30));
  render(<Navigation view={view} />);
  return userEvent.setup({ delay: null });
}

const more = () => screen.queryByRole('button', { name: 'More' });

describe('the views in the header', () => {
  it('stand in one row where all have room', () => {
    // 60 px each, and 2 px between two.
    showIn(62 * VIEWS.length - 2);
    expect(screen.getAllByRole('link').map(({ textContent }) => textContent)).toEqual(VIEWS.map(({ name }) => name));
    expect(more()).not.toBeInTheDocument();
  });

  it('are under More where they have none, within reach of the keyboard', async () => {
    const user = showIn(62 * 3 + 74);
    const button = screen.getByRole('button', { name: 'More', expanded: false });
    await user.click(button);
    const menu = within(screen.getByRole('list', { name: 'More views' }));
    expect(menu.getAllByRole('link').map(({ textContent }) => textContent)).toEqual(
      VIEWS.slice(3).map(({ name }) => name),
    );
    await user.tab();
    expect(menu.getAllByRole('link')[0]).toHaveFocus();
    await user.keyboard('{Escape}');
    expect(button).toHaveFocus();
    expect(button).toHaveAttribute('aria-expanded', 'false');
  });

  it('fold again when the keyboard goes elsewhere, or one of them is chosen', async () => {
    const user = showIn(62 * 3 + 74, 'settings');
    const button = screen.getByRole('button', { name: 'More' });
    await user.click(button);
    expect(screen.getByRole('link', { name: 'Settings' })).toHaveAttribute('aria-current', 'page');
    await user.click(document.body);
    expect(button).toHaveAttribute('aria-expanded', 'false');
    await user.click(button);
    await user.click(screen.getByRole('link', { name: 'Doctor' }));
    expect(button).toHaveAttribute('aria-expanded', 'false');
  });
});
