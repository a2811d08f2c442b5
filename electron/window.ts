import { join } from 'node:path'
import { BrowserWindow, nativeTheme } from 'electron'
import { APP_PAGE } from './bridge-channels.ts'

/** The window of the app, shown when there is something to see in it. */
export function openWindow(): BrowserWindow {
  const window = new BrowserWindow({
    title: 'PQL Workbench',
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#151517' : '#ffffff',
    webPreferences: {
      preload: join(import.meta.dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  })
  window.once('ready-to-show', () => window.show())
  void window.loadURL(APP_PAGE)
  return window
}
