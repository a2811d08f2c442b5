import { type CustomScheme, protocol } from 'electron'
import { readStatic } from '../browser-host/static-files.ts'
import { APP_ORIGIN, APP_SCHEME } from './bridge-channels.ts'

/** A scheme of its own gives the page an origin, and with it the headers that `file:` cannot have. */
const SCHEME: CustomScheme = {
  scheme: APP_SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
}

/** To be called before the app is ready. */
export function announceScheme(): void {
  protocol.registerSchemesAsPrivileged([SCHEME])
}

/** Serves the built renderer, with the headers the browser host sends. */
export function serveApp(rendererRoot: string): void {
  protocol.handle(APP_SCHEME, async request => {
    const { protocol: scheme, host, pathname } = new URL(request.url)
    const isOurs = request.method === 'GET' && `${scheme}//${host}` === APP_ORIGIN
    const file = isOurs ? await readStatic(rendererRoot, pathname) : null
    if (file === null) return new Response('there is no such page', { status: 404 })
    return new Response(typeof file.body === 'string' ? file.body : new Uint8Array(file.body), {
      headers: file.headers,
    })
  })
}
