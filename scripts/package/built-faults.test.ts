import { describe, expect, it } from 'vitest';
import { builtFaults } from './built-faults.ts';

const GOOD = `new BrowserWindow({ webPreferences: { contextIsolation: true, sandbox: true, nodeIntegration: false,
  webSecurity: true, webviewTag: false } }); window.loadURL(APP_URL); retrieval(1); spawn(program, args, { shell: false });`;

describe('the built main process', () => {
  it('has no fault when its page has no more rights than a browser gives it', () => {
    expect(builtFaults('main/index.js', GOOD)).toEqual([]);
  });

  it.each([
    ['nodeIntegration: true', 2],
    ['nodeIntegrationInWorker:!0', 2],
    ['contextIsolation: !1', 3],
    ['sandbox: false', 4],
    ["app.commandLine.appendSwitch('no-sandbox')", 4],
    ['webSecurity:!1', 6],
    ['eval(text)', 7],
    ['new Function(text)', 7],
    ['allowRunningInsecureContent', 8],
    ['experimentalFeatures', 9],
    ['enableBlinkFeatures', 10],
    ['webviewTag: true', 11],
    ['shell.openExternal(url)', 15],
    ["window.loadFile('x.html')", 18],
    ["window.loadURL('https://example.org/')", 18],
    ['bypassCSP: true', 18],
  ])('has one with %s', (code, item) => {
    expect(builtFaults('main/chunks/x.js', `${GOOD} ${code}`)).toEqual([expect.stringContaining(`${item})`)]);
  });

  it.each([
    'spawn(program, args, { shell: true })',
    "import { exec } from 'node:child_process';",
    "const { fork } = require('child_process');",
    "import { crashReporter } from 'electron';",
    "import remote from '@electron/remote';",
  ])('has one with %s, of which the checklist does not speak', (code) => {
    expect(builtFaults('main/index.js', `${GOOD} ${code}`)).toHaveLength(1);
  });
});

describe('the built updater', () => {
  it('may ask a shell for a signature, and nothing else that no other file may', () => {
    const path = 'main/chunks/electron-updater-x.js';
    const shell = 'execFile(program, args, { shell: true })';
    expect(builtFaults(path, shell)).toEqual([]);
    expect(builtFaults(path, `${shell} eval(text)`)).toHaveLength(1);
    expect(builtFaults('main/chunks/other.js', shell)).toHaveLength(1);
  });
});

describe('the built preload', () => {
  it('needs electron alone, and gives the page what it makes of it', () => {
    const good =
      'let electron = require("electron"); electron.contextBridge.exposeInMainWorld("x", client(electron.ipcRenderer));';
    expect(builtFaults('preload/index.cjs', good)).toEqual([]);
    expect(builtFaults('preload/index.cjs', `${good} require("node:fs")`)).toHaveLength(1);
    const bare = 'electron.contextBridge.exposeInMainWorld("x", { ipcRenderer });';
    expect(builtFaults('preload/index.cjs', bare)).toEqual([expect.stringContaining('(20)')]);
  });
});

describe('the built page', () => {
  it.each([
    ['<script type="module" crossorigin src="./assets/a.js"></script><link rel="stylesheet" href="./a.css">', 0],
    ['<script>alert(1)</script>', 1],
    ['<script src="https://example.org/x.js"></script>', 1],
    ['<link rel="stylesheet" href="//example.org/x.css">', 1],
    ['<body onload="x()">', 1],
  ])('%s has %d faults', (html, faults) => {
    expect(builtFaults('renderer/index.html', html)).toHaveLength(faults);
  });
});
