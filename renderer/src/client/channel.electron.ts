import type { Channel } from '#contract/channel'
import { portChannel } from '#contract/channel.port'
import type { Bridge } from '../platform/electron.ts'

/** What the preload posts to the window: a port to the engine, or that the engine has stopped. */
type BridgeMessage = Readonly<{ pql: 'engine-port' | 'engine-stopped' }>

/**
 * A channel to the engine over a message port; the main process only introduces the two ends.
 *
 * A port always follows the asking, and the news that its engine stopped comes after it: what comes before is about an
 * engine that was there earlier.
 */
export function electronChannel(bridge: Bridge): Promise<Channel> {
  return new Promise(resolve => {
    let channel: Channel | null = null
    const listen = (event: MessageEvent<unknown>): void => {
      if (event.source !== window || !isBridgeMessage(event.data)) return
      if (event.data.pql === 'engine-stopped') channel?.close()
      const port = event.ports[0]
      if (event.data.pql !== 'engine-port' || port === undefined || channel !== null) return
      channel = portChannel(port)
      channel.onClose(() => window.removeEventListener('message', listen))
      resolve(channel)
    }
    window.addEventListener('message', listen)
    bridge.connect()
  })
}

function isBridgeMessage(data: unknown): data is BridgeMessage {
  return typeof data === 'object' && data !== null && 'pql' in data
}
