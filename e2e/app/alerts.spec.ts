import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MOST_ALERT_RULES } from '../../src/contract/alerts.ts';
import { expect, test } from './fixtures.ts';
import { goToView } from './go-to-view.ts';
import { startWebHostProcess } from './web-host.ts';

/** Rules that raise alerts, in a simulated internet whose fault is known. */
test.describe('in a scenario whose destination does not answer', () => {
  test.use({ scenario: 'destination-silent' });

  test('a rule of loss enters, stands in the list and on the timeline, and its log can be tried out', async ({
    page,
  }) => {
    const field = page.getByRole('textbox', { name: 'Add targets' });
    await expect(page.getByText('Engine connected')).toBeVisible();
    await field.fill('www.example.net');
    await field.press('Enter');

    await goToView(page, 'Alerts');
    await page.getByRole('button', { name: /^Loss above 5 %/ }).click();
    const editor = page.getByRole('form', { name: 'New rule' });
    for (const [name, value] of [
      ['Rounds of a figure', '1'],
      ['Rounds that are enough', '2'],
      ['Rounds looked back on', '3'],
      ['Rounds at which it is over', '0'],
    ] as const) {
      await editor.getByRole('textbox', { name, exact: true }).fill(value);
    }
    const log = editor.getByRole('group', { name: 'Log' });
    await log.getByRole('button', { name: 'Test Log' }).click();
    await expect(log.getByRole('status')).toContainText(/^Written to .*alerts\.log\.$/);
    await editor.getByRole('button', { name: 'Make the rule' }).click();

    await expect(page.getByRole('list', { name: 'Rules' })).toContainText('Alert');
    const alerts = page.getByRole('list', { name: 'Alerts, the newest first' });
    await expect(alerts).toContainText('Loss is 100 %');
    await alerts.getByRole('button', { name: /^Show the time around/ }).click();
    await expect(page.getByRole('link', { name: 'Paths', exact: true })).toHaveAttribute('aria-current', 'page');
    await expect(page.locator('[data-mark="alert"]').first()).toBeAttached();
  });
});

test('one rule more than there may be is refused in words, and what was typed of it stays', async ({ context }) => {
  const folder = mkdtempSync(join(tmpdir(), 'hopscope-kept-'));
  const rule = {
    isOn: false,
    condition: { kind: 'unreachable', rounds: 3 },
    scope: { kind: 'all' },
    enterAfterMs: 0,
    leaveAfterMs: 0,
    onEnter: [{ kind: 'log' }],
    onLeave: [],
  };
  const rules = Array.from({ length: MOST_ALERT_RULES }, (_, at) => ({
    ...rule,
    ruleId: `r${at}`,
    name: `Rule ${at}`,
  }));
  writeFileSync(join(folder, 'alert-rules.json'), JSON.stringify({ rules }));
  const webHost = await startWebHostProcess(0, null, folder);
  try {
    const page = await context.newPage();
    await page.goto(webHost.url);
    await goToView(page, 'Alerts');
    await expect(page.getByRole('list', { name: 'Rules' }).getByRole('listitem')).toHaveCount(MOST_ALERT_RULES);
    await page.getByRole('button', { name: 'New rule' }).click();
    const editor = page.getByRole('form', { name: 'New rule' });
    await editor.getByRole('textbox', { name: 'Name' }).fill('One more');
    await editor.getByRole('button', { name: 'Make the rule' }).click();
    await expect(editor.getByRole('alert')).toHaveText(/^At most 50 rules are allowed at a time/);
    await expect(editor.getByRole('textbox', { name: 'Name' })).toHaveValue('One more');
  } finally {
    await webHost.interrupt();
    rmSync(folder, { recursive: true, force: true });
  }
});
