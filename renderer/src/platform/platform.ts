import type { Client } from '#contract/contract'
import { electronChannel } from '../client/channel.electron.ts'
import { httpChannel } from '../client/channel.http.ts'
import { reconnectingClient } from '../client/reconnecting-client.ts'
import { browserShell } from './browser.ts'
import { type Bridge, electronShell } from './electron.ts'
import type { ShellApi } from './shell-api.ts'

declare global {
  interface Window {
    readonly pql?: Bridge
  }
}

export type Platform = Readonly<{ client: Client; shell: ShellApi }>

/** The host this page runs in, found by what it put on the window. */
export function findPlatform(): Platform {
  const bridge = window.pql
  if (bridge !== undefined) {
    return { client: reconnectingClient(() => electronChannel(bridge)), shell: electronShell(bridge) }
  }
  return {
    client: reconnectingClient(() => httpChannel({ origin: '', fetch: window.fetch.bind(window) })),
    shell: browserShell(),
  }
}
