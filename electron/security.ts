import type { App, IpcMainEvent, IpcMainInvokeEvent, Session } from 'electron'
import { APP_PAGE } from './bridge-channels.ts'

/** Addresses a window may load: the app itself, and what it made in memory. */
const ALLOWED = [APP_PAGE, 'data:', 'blob:', 'devtools:']

/** Whether a message comes from the page of the app itself, not from a frame in it or from what it was led to. */
export function isTrusted(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame
  return frame !== null && frame === event.sender.mainFrame && frame.url.startsWith(APP_PAGE)
}

/** Before the app is ready: nothing of Chromium talks to anyone in the background. */
export function silenceChromium(app: App): void {
  for (const name of ['disable-background-networking', 'disable-component-update', 'disable-domain-reliability']) {
    app.commandLine.appendSwitch(name)
  }
}

/** Permissions, devices and every address but our own are denied. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, done) => done(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setSpellCheckerEnabled(false)
  session.webRequest.onBeforeRequest((details, done) => {
    done({ cancel: !ALLOWED.some(start => details.url.startsWith(start)) })
  })
}

/** No page leaves its address, opens a window or embeds another. */
export function lockContents(app: App): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-navigate', event => event.preventDefault())
    contents.on('will-redirect', event => event.preventDefault())
    contents.on('will-attach-webview', event => event.preventDefault())
  })
}
