import type { Channel } from '#contract/channel'
import { clientOf, createClient } from '#contract/client'
import type { Client } from '#contract/contract'

/**
 * A client that outlives its channel: when the engine or the host stops, the calls in flight fail with
 * `transport/closed`, and the next call opens a channel anew.
 *
 * @param open opens a channel; asked for once at a time
 */
export function reconnectingClient(open: () => Promise<Channel>): Client {
  let current: Promise<Client> | null = null

  function connected(): Promise<Client> {
    if (current !== null) return current
    const opening = connect()
    current = opening
    opening.catch(() => forget(opening))
    return opening
  }

  async function connect(): Promise<Client> {
    const channel = await open()
    channel.onClose(() => {
      current = null
    })
    return createClient(channel)
  }

  function forget(opening: Promise<Client>): void {
    if (current === opening) current = null
  }

  return clientOf(async (method, input, options) => {
    const client = await connected()
    const call = client[method] as (input: unknown, options: object) => Promise<unknown>
    return await call(input, options)
  })
}
