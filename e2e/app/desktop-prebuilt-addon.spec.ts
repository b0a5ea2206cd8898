import { rmSync } from 'node:fs';
import { stagePackage } from '../lab/stage-package.ts';
import { launchDesktop } from './desktop-app.ts';
import { expect, test } from './fixtures.ts';
import { goToView } from './go-to-view.ts';

test('the desktop app runs on the addon that was built ahead, without a source build', async () => {
  const folder = stagePackage();
  try {
    const { page, close } = await launchDesktop('light', undefined, undefined, folder);
    try {
      await goToView(page, 'Doctor');
      await expect(page.getByText('Echo requests can be sent over IPv4 and IPv6.').first()).toBeVisible();
    } finally {
      await close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
