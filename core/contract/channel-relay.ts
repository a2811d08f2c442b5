import { type Channel, type Reply, type Request, wireError } from './channel.ts'
import { readReply, readRequest } from './channel-message.ts'
import { closedError } from './channel-state.ts'

type CallRequest = Request & { t: 'call' }
type Route = Readonly<{ client: Channel; request: CallRequest }>

export type RelayOptions = Readonly<{
  /** Gives the channel to the server; asked for at the first call, and again at the first call after that one closed. */
  connect(): Channel
  /** Told of every call that was answered, before its client is. */
  onAnswer?(request: CallRequest, reply: Reply): void
}>

export type Relay = Readonly<{
  /** Lets one more client talk to the server, until its channel closes. */
  attach(client: Channel): void
}>

/**
 * Many clients, one server: each client counts its own call ids, the server sees one channel.
 *
 * When the server's channel closes, the calls in flight fail with `transport/closed` and the clients stay attached; their
 * next call connects anew. When a client closes, its calls are cancelled.
 *
 * @param options how to reach the server
 * @returns the relay, which has no server yet
 */
export function createRelay(options: RelayOptions): Relay {
  const routes = new Map<number, Route>()
  let server: Channel | null = null
  let nextId = 1

  function connected(): Channel {
    if (server !== null) return server
    const fresh = options.connect()
    server = fresh
    fresh.onClose(() => {
      if (server === fresh) server = null
      for (const id of [...routes.keys()]) answer({ t: 'fail', id, error: wireError(closedError()) })
    })
    fresh.listen(message => {
      const reply = readReply(message)
      if (reply !== null) answer(reply)
    })
    return fresh
  }

  function answer(reply: Reply): void {
    const route = routes.get(reply.id)
    if (route === undefined) return
    if (reply.t !== 'progress') {
      routes.delete(reply.id)
      options.onAnswer?.(route.request, reply)
    }
    postIfOpen(route.client, { ...reply, id: route.request.id })
  }

  function call(client: Channel, request: CallRequest): void {
    const id = nextId++
    routes.set(id, { client, request })
    try {
      connected().post({ ...request, id })
    } catch {
      answer({ t: 'fail', id, error: wireError(closedError()) })
    }
  }

  function cancel(client: Channel, isMeant: (request: CallRequest) => boolean): void {
    for (const [id, route] of routes) {
      if (route.client === client && isMeant(route.request) && server !== null) postIfOpen(server, { t: 'cancel', id })
    }
  }

  return {
    attach: client => {
      client.onClose(() => cancel(client, () => true))
      client.listen(message => {
        const request = readRequest(message)
        if (request?.t === 'call') call(client, request)
        if (request?.t === 'cancel') cancel(client, candidate => candidate.id === request.id)
      })
    },
  }
}

function postIfOpen(channel: Channel, message: Request | Reply): void {
  try {
    channel.post(message)
  } catch {
    // its onClose has been told, or is about to be
  }
}
