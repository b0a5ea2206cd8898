import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHECKOUT, IS_REAL_ELECTRON, STAND_IN } from './desktop-app.ts';
import { expect, test } from './fixtures.ts';

/** What only the desktop window does: it keeps its page in. */

test('the page sees window.hopscope, frozen, and nothing of Node or Electron', async ({ desktop: { page } }) => {
  await expect(page.getByText('Engine connected')).toBeVisible();
  const seen = await page.evaluate(() => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    const ordinary = new Set(Object.getOwnPropertyNames(frame.contentWindow));
    frame.remove();
    const { hopscope } = window as unknown as { hopscope: Record<string, Record<string, unknown>> };
    return {
      // Recharts and React leave no globals; whatever is here beyond an empty page's came with the window.
      exposed: Object.getOwnPropertyNames(window).filter((name) => !ordinary.has(name) && !/^\d+$/.test(name)),
      features: Object.keys(hopscope).sort(),
      isWritable: Object.getOwnPropertyDescriptor(window, 'hopscope')?.writable ?? false,
      node: ['require', 'process', 'module', 'Buffer', 'global', 'electron'].filter((name) => name in window),
    };
  });
  expect(seen).toEqual({
    exposed: ['hopscope'],
    features: [
      'alerts',
      'demo',
      'exports',
      'flight',
      'monitor',
      'path',
      'ping',
      'sessions',
      'settings',
      'shell',
      'sockets',
      'sweep',
      'system',
      'targets',
    ],
    isWritable: false,
    node: [],
  });
});

test('the engine answers through the bridge: calls, failures, and streams until they are stopped', async ({
  desktop: { page },
}) => {
  const heard = await page.evaluate(async () => {
    // biome-ignore lint/suspicious/noExplicitAny: the client's type lives on the other side of this border
    const { hopscope } = window as any;
    const invalid = await hopscope.monitor.add({ target: 5 });
    const unknown = await hopscope.monitor.pause({ monitorId: 'none' });
    const first = await new Promise((resolve) => {
      const stop = hopscope.monitor.list(
        {},
        {
          onEvent: (event: unknown) => {
            stop();
            resolve(event);
          },
          onEnd: () => resolve('ended'),
        },
      );
    });
    return {
      about: (await hopscope.system.about({})).ok,
      invalid: invalid.failure.code,
      unknown: unknown.failure.code,
      first,
    };
  });
  expect(heard).toEqual({ about: true, invalid: 'invalid-arguments', unknown: 'not-found', first: { monitors: [] } });
});

test('a reloaded page connects again', async ({ desktop: { page } }) => {
  await expect(page.getByText('Engine connected')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Engine connected')).toBeVisible();
});

test('a page whose process dies is loaded anew and connects again', async ({ desktop: { app, page } }) => {
  await expect(page.getByText('Engine connected')).toBeVisible();
  // Playwright gives a crashed page up for good, so the engine's side is asked who opens a link.
  const opened = await app.evaluate(
    ({ BrowserWindow }) =>
      new Promise<string>((resolve) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        contents?.ipc.on('hopscope:to-engine', (event, _linkId, kind) => {
          if (kind === 'open') resolve(event.senderFrame?.url ?? '');
        });
        contents?.forcefullyCrashRenderer();
      }),
  );
  expect(opened).toBe('app://bundle/');
});

test('the page stays where it is', async ({ desktop: { app, page } }) => {
  const before = page.url();
  for (const url of ['https://example.org/', 'file:///etc/passwd', 'data:text/html,x', `${before}elsewhere`]) {
    await page.evaluate((wanted) => {
      location.href = wanted;
    }, url);
    // The refusal is not an event of the page; an answer of the engine shows that the page has lived on.
    await expect(page.getByText('Engine connected')).toBeVisible();
    expect(page.url()).toBe(before);
  }
  expect(await page.evaluate(() => window.open('https://example.org/') === null)).toBe(true);
  await expect(page.getByText('Engine connected')).toBeVisible();
  await expect.poll(() => app.windows().length).toBe(1);
  expect(
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => window.webContents.getURL()),
    ),
  ).toEqual(['app://bundle/']);
});

test('the page gets no permission', async ({ desktop: { page } }) => {
  const states = await page.evaluate(() =>
    Promise.all(
      ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read'].map(
        async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state,
      ),
    ),
  );
  expect(states).toEqual(['denied', 'denied', 'denied', 'denied', 'denied']);
});

test('the content policy holds: no inline script, no eval, no foreign style, no connection', async ({
  desktop: { page },
}) => {
  const broken = await page.evaluate(async () => {
    const ran: string[] = [];
    Reflect.set(window, 'ran', ran);
    const script = document.createElement('script');
    script.textContent = "window.ran.push('inline script')";
    document.head.append(script);
    document.body.insertAdjacentHTML('beforeend', '<img src="none:" onerror="window.ran.push(\'handler\')">');
    const style = document.createElement('style');
    style.textContent = 'body { --foreign: 1 }';
    document.head.append(style);
    if (getComputedStyle(document.body).getPropertyValue('--foreign') !== '') ran.push('style without nonce');
    await new Promise<void>((resolve) => {
      // In a turn of its own: what Playwright itself evaluates is excepted from the policy.
      setTimeout(() => {
        try {
          new Function("window.ran.push('eval')")();
        } catch {
          // refused, as it should be
        }
        resolve();
      });
    });
    await fetch('https://example.org/').then(
      () => ran.push('connection'),
      () => {},
    );
    await new Promise((resolve) => requestAnimationFrame(resolve));
    return ran;
  });
  expect(broken).toEqual([]);
});

test('a second start hands over to the first window and ends', async ({ desktop: { app, page } }) => {
  await expect(page.getByText('Engine connected')).toBeVisible();
  const { executable, parameters } = await app.evaluate(({ app: running }) => ({
    executable: process.execPath,
    parameters: [`--user-data-dir=${running.getPath('userData')}`],
  }));
  const own = IS_REAL_ELECTRON ? ['--no-sandbox', '.'] : [STAND_IN, '.'];
  const second = spawn(executable, [...own, ...parameters], { cwd: CHECKOUT, stdio: 'ignore' });
  expect(await once(second, 'exit')).toEqual([0, null]);
  expect(app.windows()).toHaveLength(1);
});

test('closing the window ends the app', async ({ desktop: { app, page } }) => {
  const running = app.process();
  const ended = once(running, 'exit');
  await page.close();
  await ended;
  expect(running.exitCode).toBe(0);
});

if (!IS_REAL_ELECTRON) {
  test('an app that cannot start says so in a dialog and ends', async () => {
    const folder = test.info().outputPath('app-without-its-page');
    cpSync(join(CHECKOUT, 'out/main'), join(folder, 'out/main'), { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"type":"module","main":"out/main/index.js"}');
    const broken = spawn(process.execPath, [STAND_IN, folder, `--user-data-dir=${join(folder, 'data')}`]);
    let said = '';
    broken.stderr.on('data', (part) => {
      said += part;
    });
    expect(await once(broken, 'exit')).toEqual([1, null]);
    expect(said).toContain('[dialog] Hopscope cannot go on: The page of the app is missing.');
  });

  test('the stand-in refuses what it does not cover, by name', async ({ desktop: { app } }) => {
    await expect(app.evaluate((electron) => electron.app.getLocale())).rejects.toThrow('app.getLocale is not covered');
    await expect(app.evaluate((electron) => electron.safeStorage)).rejects.toThrow(
      'electron.safeStorage is not covered',
    );
  });

  test('nothing is left of the stand-in’s browser, even when the stand-in is killed', async ({ desktop: { app } }) => {
    const profiles = () => readdirSync(tmpdir()).filter((name) => name.startsWith('hopscope-electron-double-'));
    const before = profiles();
    expect(before.length).toBeGreaterThan(0);
    const running = app.process();
    const ended = once(running, 'exit');
    running.kill('SIGKILL');
    await ended;
    await expect.poll(() => profiles().length).toBe(before.length - 1);
  });
}
