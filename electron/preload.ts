import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { Bridge } from '../renderer/src/platform/electron.ts'
import { CONNECT, ENGINE_PORT, ENGINE_STOPPED, SHELL, TAKE_FILE } from './bridge-channels.ts'

const bridge: Bridge = {
  connect: () => ipcRenderer.send(CONNECT),
  shell: (name, input) => ipcRenderer.invoke(SHELL, name, input),
  // The page has the file, not its path: only Chromium can say where a file it was given lies.
  takeFile: file => ipcRenderer.invoke(TAKE_FILE, webUtils.getPathForFile(file)),
}

// A port cannot cross the context bridge; a message of the window to itself can carry it. Only our page is ever in it.
ipcRenderer.on(ENGINE_PORT, event => window.postMessage({ pql: 'engine-port' }, '*', [...event.ports]))
ipcRenderer.on(ENGINE_STOPPED, () => window.postMessage({ pql: 'engine-stopped' }, '*'))
contextBridge.exposeInMainWorld('pql', bridge)
