/**
 * A recording stand-in for the part of Electron that electron/*.ts uses. The names are checked against Electron's own
 * types by double.test.ts; vitest resolves `electron` to this module.
 */
import { EventEmitter } from 'node:events'
import { MessageChannel } from 'node:worker_threads'

type Recorded = Readonly<{ name: string; args: readonly unknown[] }>
type Handler = (...args: never[]) => unknown

export const calls: Recorded[] = []
export const handlers = new Map<string, Handler>()
export const exposed = new Map<string, unknown>()
/** What the dialogs answer next. */
export const answers = { filePaths: [] as string[], filePath: '' }
export const switches = new Map<string, string>()
export const forked: FakeUtilityProcess[] = []

const record =
  (name: string) =>
  (...args: readonly unknown[]): void => {
    calls.push({ name, args })
  }

class FakeApp extends EventEmitter {
  isPackaged = false
  isFirstInstance = true
  requestSingleInstanceLock = (): boolean => this.isFirstInstance
  whenReady = (): Promise<void> => Promise.resolve()
  getPath = (name: string): string => switches.get(`path:${name}`) ?? '/nonexistent'
  commandLine = {
    appendSwitch: record('appendSwitch'),
    getSwitchValue: (name: string): string => switches.get(name) ?? '',
  }
  quit = record('app.quit')
}
export const app = new FakeApp()

export class FakeContents extends EventEmitter {
  readonly mainFrame = { url: 'app://workbench/', postMessage: record('frame.postMessage') }
  send = record('webContents.send')
  setWindowOpenHandler = record('setWindowOpenHandler')
}

export class BrowserWindow extends EventEmitter {
  static all: BrowserWindow[] = []
  static getAllWindows = (): BrowserWindow[] => BrowserWindow.all
  static getFocusedWindow = (): BrowserWindow | null => null
  readonly webContents = new FakeContents()
  constructor(options: unknown) {
    super()
    record('new BrowserWindow')(options)
    BrowserWindow.all.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }
  loadURL = (url: string): Promise<void> => {
    record('loadURL')(url)
    return Promise.resolve()
  }
  show = record('window.show')
  focus = record('window.focus')
  isMinimized = (): boolean => true
  restore = record('window.restore')
}

export const ipcMain = {
  on: (channel: string, handler: Handler): void => void handlers.set(`on:${channel}`, handler),
  handle: (channel: string, handler: Handler): void => void handlers.set(`handle:${channel}`, handler),
}
export const protocol = {
  registerSchemesAsPrivileged: record('registerSchemesAsPrivileged'),
  handle: (scheme: string, handler: Handler): void => void handlers.set(`protocol:${scheme}`, handler),
}
const keep =
  (name: string) =>
  (handler: Handler): void =>
    void handlers.set(name, handler)
export const session = {
  defaultSession: {
    setPermissionRequestHandler: keep('permission-request'),
    setPermissionCheckHandler: keep('permission-check'),
    setDevicePermissionHandler: keep('device-permission'),
    setSpellCheckerEnabled: record('setSpellCheckerEnabled'),
    webRequest: { onBeforeRequest: keep('before-request') },
  },
}
export const nativeTheme = { shouldUseDarkColors: true }
export const Menu = {
  buildFromTemplate: (template: unknown): unknown => template,
  setApplicationMenu: record('setApplicationMenu'),
}
export const dialog = {
  showOpenDialog: (_window: unknown, options: unknown): Promise<unknown> => {
    record('showOpenDialog')(options)
    return Promise.resolve({ canceled: answers.filePaths.length === 0, filePaths: answers.filePaths })
  },
  showSaveDialog: (_window: unknown, options: unknown): Promise<unknown> => {
    record('showSaveDialog')(options)
    return Promise.resolve({ canceled: answers.filePath === '', filePath: answers.filePath })
  },
}
export const shell = { openPath: (path: string) => Promise.resolve(record('shell.openPath')(path)) }

/** Ports as Electron's main side has them: events with `data`, and nothing but ports can be transferred. */
export class MessageChannelMain {
  readonly port1: unknown
  readonly port2: unknown
  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = port1
    this.port2 = port2
  }
}

export class FakeUtilityProcess extends EventEmitter {
  readonly sent: unknown[] = []
  readonly ports: unknown[] = []
  isKilled = false
  postMessage = (message: unknown, transfer: readonly unknown[] = []): void => {
    this.sent.push(message)
    this.ports.push(...transfer)
    this.emit('told', message)
  }
  kill = (): boolean => {
    this.isKilled = true
    this.emit('exit', 1)
    return true
  }
}
export const utilityProcess = {
  fork: (entry: string, args: unknown, options: unknown): FakeUtilityProcess => {
    record('utilityProcess.fork')(entry, args, options)
    const child = new FakeUtilityProcess()
    forked.push(child)
    return child
  },
}

export const contextBridge = {
  exposeInMainWorld: (key: string, api: unknown): void => void exposed.set(key, api),
}
export const ipcRenderer = Object.assign(new EventEmitter(), {
  send: record('ipcRenderer.send'),
  invoke: (...args: readonly unknown[]): Promise<unknown> => {
    record('ipcRenderer.invoke')(...args)
    return Promise.resolve({ ok: true, value: 'reply' })
  },
})
export const webUtils = { getPathForFile: (file: { name: string }): string => `/dropped/${file.name}` }

export function resetDouble(): void {
  calls.length = 0
  forked.length = 0
  handlers.clear()
  exposed.clear()
  switches.clear()
  answers.filePaths = []
  answers.filePath = ''
  BrowserWindow.all = []
  app.removeAllListeners()
  app.isFirstInstance = true
  app.isPackaged = false
  ipcRenderer.removeAllListeners()
}
