import { once } from 'node:events';
import type { ElectronApplication } from 'playwright/test';
import { addresses } from '../lab/addresses.ts';
import { IS_REAL_ELECTRON, launchDesktop } from './desktop-app.ts';
import { expect, test } from './fixtures.ts';
import { goToView } from './go-to-view.ts';

/** What the desktop app is beside its page: menu, tray, notifications, badge, and a window that is found again. */

function clickMenu(app: ElectronApplication, id: string): Promise<void> {
  return app.evaluate(({ Menu }, wanted) => {
    const item = Menu.getApplicationMenu()?.getMenuItemById(wanted);
    if (item === undefined || item === null) throw new Error(`the menu has no item ${wanted}`);
    item.click();
  }, id);
}

/** What the stand-in recorded of the desktop. */
function desktopOf(app: ElectronApplication) {
  return app.evaluate((electron) => {
    const { desktop } = (electron as unknown as { recorded: { desktop: RecordedDesktop } }).recorded;
    const [tray] = desktop.trays;
    return {
      badge: desktop.badgeCount,
      toolTip: tray?.toolTip,
      picture: tray?.image.representations.map(({ buffer }) => buffer.toString('base64')),
      items: tray?.menu?.items.map(({ label }) => label),
      notifications: desktop.notifications.map(({ title, body }) => ({ title, body })),
      blockers: [...desktop.blockers.values()],
    };
  });
}

type RecordedDesktop = import('../electron-double/desktop.ts').RecordedDesktop;

const { target, firstRouter } = addresses;

test('the menu leads through the views, to the field for targets, to the keys and to the theme', async ({
  desktop: { app, page },
}) => {
  await expect(page.getByText('Engine connected')).toBeVisible();
  await clickMenu(app, 'view-overview');
  await expect(page).toHaveTitle('Overview · Hopscope');
  await clickMenu(app, 'add-target');
  await expect(page.getByRole('textbox', { name: 'Add targets' })).toBeFocused();
  await clickMenu(app, 'help-doctor');
  await expect(page).toHaveTitle('Doctor · Hopscope');
  await clickMenu(app, 'theme-dark');
  await expect(page.getByRole('radio', { name: 'Dark theme' })).toBeChecked();
  await clickMenu(app, 'shortcuts');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
});

test('the menu and the settings are of one mind on notifications', async ({ desktop: { app, page } }) => {
  await expect(page.getByText('Engine connected')).toBeVisible();
  await clickMenu(app, 'view-settings');
  const setting = page.getByRole('switch', { name: 'Notifications' });
  await expect(setting).toBeChecked();
  await clickMenu(app, 'notifications');
  await expect(setting).not.toBeChecked();
  await setting.press('Space');
  await expect
    .poll(() => app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('notifications')?.checked))
    .toBe(true);
});

test('the menu pauses everything and lets it go on', async ({ desktop: { app, page } }) => {
  const field = page.getByRole('textbox', { name: 'Add targets' });
  await expect(page.getByText('Engine connected')).toBeVisible();
  await field.fill(`${target.v4} ${firstRouter.v4}`);
  await field.press('Enter');
  const rail = page.getByRole('list', { name: 'Targets under watch' });
  await expect(rail.getByText('Answering')).toHaveCount(2);
  await clickMenu(app, 'pause-all');
  await expect(rail.getByText('Paused')).toHaveCount(2);
  await clickMenu(app, 'resume-all');
  await expect(rail.getByText('Paused')).toHaveCount(0);
});

test('the window opens where and as it was, in the same size of text', async ({ desktop: { app, page } }) => {
  await expect(page.getByText('Engine connected')).toBeVisible();
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.setBounds({ x: 120, y: 140, width: 1_040, height: 720 });
    window?.webContents.setZoomLevel(1);
  });
  const { userData } = await app.evaluate(({ app: running }) => ({ userData: running.getPath('userData') }));
  const ended = once(app.process(), 'exit');
  // As a person closes it; the program ends with its last window.
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()).catch(() => {});
  await ended;
  const again = await launchDesktop('light', userData);
  await expect(again.page.getByText('Engine connected')).toBeVisible();
  const found = await again.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    return { bounds: window?.getBounds(), zoom: window?.webContents.getZoomLevel() };
  });
  expect(found).toEqual({ bounds: { x: 120, y: 140, width: 1_040, height: 720 }, zoom: 1 });
  await again.close();
});

test('a window closed into the tray goes on, and a second start brings it back', async ({ desktop: { app, page } }) => {
  await expect(page.getByText('Engine connected')).toBeVisible();
  await clickMenu(app, 'keep-in-tray');
  const isVisible = () =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isVisible()));
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  expect(await isVisible()).toEqual([false]);
  await app.evaluate(({ app: running }) => void running.emit('second-instance', {}, [], '', {}));
  expect(await isVisible()).toEqual([true]);
  const program = app.process();
  const ended = once(program, 'exit');
  await app.evaluate(({ app: running }) => running.quit()).catch(() => {});
  await ended;
  expect(program.exitCode).toBe(0);
});

if (!IS_REAL_ELECTRON) {
  test('tray, badge and one notification say what is in trouble, and a click on it leads there', async ({
    desktop: { app, page },
  }) => {
    const down = addresses.noRouteAtFirstRouter.v4;
    await expect(page.getByText('Engine connected')).toBeVisible();
    const before = await desktopOf(app);
    expect(before).toMatchObject({ badge: 0, toolTip: 'Hopscope: no targets', notifications: [] });
    expect(before.picture).toHaveLength(2);

    await clickMenu(app, 'stay-awake');
    const field = page.getByRole('textbox', { name: 'Add targets' });
    await field.fill(`${down} ${target.v4}`);
    await field.press('Enter');
    await goToView(page, 'Doctor');
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.blur());

    await expect
      .poll(() => desktopOf(app), { timeout: 25_000 })
      .toMatchObject({
        badge: 1,
        toolTip: 'Hopscope: 1 of 2 targets in trouble',
        notifications: [{ title: `${down} does not answer`, body: 'Click to see its path.' }],
        blockers: ['prevent-app-suspension'],
      });
    const after = await desktopOf(app);
    expect(after.items).toEqual(expect.arrayContaining([`${down}: refused`, `${target.v4}: answering`]));
    expect(after.picture).not.toEqual(before.picture);

    await app.evaluate((electron) => {
      const { desktop } = (electron as unknown as { recorded: { desktop: RecordedDesktop } }).recorded;
      desktop.notifications[0]?.emit('click');
    });
    await expect(page).toHaveTitle('Paths · Hopscope');
    await expect(
      page.getByRole('button', { name: new RegExp(down) }).and(page.locator('[aria-current]')),
    ).toBeVisible();
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isFocused())).toBe(true);
  });

  test('the dialog about the app names every version, for a report of a fault', async ({ desktop: { app } }) => {
    await clickMenu(app, 'about');
    const [box] = await app.evaluate(
      (electron) => (electron as unknown as { recorded: { messageBoxes: { detail: string }[] } }).recorded.messageBoxes,
    );
    for (const name of ['Hopscope: 0.', 'Electron: 45.', 'Node.js: ', 'System: linux '])
      expect(box?.detail).toContain(name);
  });
}
