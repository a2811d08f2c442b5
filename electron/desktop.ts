import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { app, BrowserWindow, session } from 'electron'
import { defaultDataFolder } from '../browser-host/data-folder.ts'
import { reportText } from '../browser-host/engine-message.ts'
import { createTokenTable } from '../browser-host/token-table.ts'
import { announceScheme, serveApp } from './app-protocol.ts'
import { ENGINE_STOPPED } from './bridge-channels.ts'
import { type CoreProcess, createCoreProcess } from './core-process.ts'
import { listenToPage } from './ipc.ts'
import { setMenu } from './menu.ts'
import { openRecentProjects } from './recent-projects.ts'
import { lockContents, lockSession, silenceChromium } from './security.ts'
import { createDesktopShell } from './shell.ts'
import { openWindow } from './window.ts'

/** Starts the desktop app: introduces window and engine to each other, and otherwise keeps out of their way. */
export async function startDesktop(): Promise<void> {
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return
  }
  announceScheme()
  silenceChromium(app)
  lockContents(app)
  await app.whenReady()
  lockSession(session.defaultSession)
  serveApp(join(import.meta.dirname, '../renderer'))
  setMenu(process.platform === 'darwin', app.isPackaged)
  const core = introduce()
  openWindow()
  app.on('second-instance', focusWindow)
  app.on('activate', focusWindow)
  app.on('window-all-closed', () => app.quit())
  closeBeforeQuit(core)
}

function introduce(): CoreProcess {
  const report = (text: string): void => void process.stderr.write(`${text}\n`)
  const tokens = createTokenTable()
  const dataFolder = resolve(app.commandLine.getSwitchValue('folder') || defaultDataFolder())
  mkdirSync(dataFolder, { recursive: true })
  const project = app.commandLine.getSwitchValue('project')
  const core = createCoreProcess({
    entry: join(import.meta.dirname, 'core-entry.js'),
    tokens,
    report,
    onStopped: () => {
      for (const window of BrowserWindow.getAllWindows()) window.webContents.send(ENGINE_STOPPED)
    },
  })
  const shell = createDesktopShell({
    dataFolder,
    sampleFolder: app.isPackaged
      ? join(process.resourcesPath, 'sample')
      : join(import.meta.dirname, '../../fixtures/sample'),
    initialProject: project === '' ? null : resolve(project),
    tokens,
    recent: openRecentProjects(join(app.getPath('userData'), 'recent-projects.json')),
    window: currentWindow,
  })
  listenToPage({ core, shell, tokens, report: error => report(reportText(error)) })
  return core
}

function currentWindow(): BrowserWindow {
  return BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0] ?? openWindow()
}

function focusWindow(): void {
  const window = currentWindow()
  if (window.isMinimized()) window.restore()
  window.focus()
}

/** The project is closed down to its one file before the program ends. */
function closeBeforeQuit(core: CoreProcess): void {
  let isClosed = false
  app.on('before-quit', event => {
    if (isClosed) return
    event.preventDefault()
    void core.close().finally(() => {
      isClosed = true
      app.quit()
    })
  })
}
