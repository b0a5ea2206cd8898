import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, clipboard, dialog } from 'electron';
import type { Logger } from '../../base/logger.ts';
import { readUpdateSource, releasePage } from './update-source.ts';
import type { NewVersion, UpdateAnswer, UpdateNews, Updater } from './updates.ts';

/** The updater of an app that was installed from a package with releases; null for every other, which asks nobody. */
export async function openPackagedUpdater(logger: Logger): Promise<Updater | null> {
  if (!app.isPackaged) return null;
  // Not there in packages that somebody made for themselves.
  const yaml = await readFile(join(process.resourcesPath, 'app-update.yml'), 'utf8').catch(() => '');
  const source = readUpdateSource(yaml, process.platform, process.env.PORTABLE_EXECUTABLE_DIR !== undefined);
  if (source === null) return null;
  // Loaded late: it looks for its configuration at once.
  const { autoUpdater } = await import('electron-updater');
  autoUpdater.autoDownload = false;
  autoUpdater.autoInstallOnAppQuit = source.ability === 'install';
  autoUpdater.allowPrerelease = false;
  autoUpdater.allowDowngrade = false;
  autoUpdater.logger = null;
  // It emits what it also rejects with, and an error without a listener would end the app.
  autoUpdater.on('error', (error) => logger.info('The updater failed', { reason: error.message }));
  return {
    ability: source.ability,
    find: async () => {
      const result = await autoUpdater.checkForUpdates();
      if (result?.isUpdateAvailable !== true) return null;
      const { version, files } = result.updateInfo;
      const own = files.find(({ url }) => url.includes(process.arch)) ?? files[0];
      return { version, sizeBytes: own?.size ?? null };
    },
    fetch: async () => {
      await autoUpdater.downloadUpdate();
    },
    copyPage: ({ version }) => void clipboard.writeText(releasePage(source, version)),
  };
}

/** Asks whether a new version is wanted. Its size is said, for who pays by the byte. */
export async function askAboutUpdate(
  { version, sizeBytes }: NewVersion,
  ability: Updater['ability'],
): Promise<UpdateAnswer> {
  const size = sizeBytes === null ? '' : ` (${Math.ceil(sizeBytes / 1_000_000)} MB)`;
  const isInstalled = ability === 'install';
  const { response } = await dialog.showMessageBox({
    type: 'info',
    title: 'Hopscope',
    message: `Hopscope ${version} is there`,
    detail: isInstalled
      ? `This is ${app.getVersion()}. Shall it be downloaded now${size}? It is installed when you quit.`
      : `This is ${app.getVersion()}. The page of the release says what is new and has the packages${size}; its address can be copied.`,
    buttons: [isInstalled ? 'Download' : 'Copy Address', 'Later'],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0 ? 'yes' : 'later';
}

/** Says what became of it. */
export function tellOfUpdate({ kind, version }: UpdateNews): void {
  switch (kind) {
    case 'fetched':
      void dialog.showMessageBox({
        type: 'info',
        title: 'Hopscope',
        message: `Hopscope ${version} is installed when you quit`,
        buttons: ['OK'],
      });
      return;
    case 'not-fetched':
      void dialog.showMessageBox({
        type: 'warning',
        title: 'Hopscope',
        message: `Hopscope ${version} could not be downloaded`,
        detail:
          'It did not arrive, or it is not signed by whom it should be. Nothing was installed. You are asked again when Hopscope is started next.',
        buttons: ['OK'],
      });
  }
}
