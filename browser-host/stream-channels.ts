import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Channel, Columns, Wire } from '#contract/channel'
import { columnKind } from '#contract/channel-message'
import { channelState } from '#contract/channel-state'
import { DATA_HEADERS, Refusal } from './failure.ts'

type Open = { readonly channel: Channel; receive: ((message: unknown) => void) | null }

export type StreamChannels = Readonly<{
  /** Answers `GET /events`: the stream is the way out of a new channel. */
  open(response: ServerResponse): Channel
  /** Delivers the messages of one `POST /call`. @throws Refusal where there is no such channel, or no list came */
  receive(channelId: string, messages: unknown): void
  /** The bytes of one answer's columns, once. @throws Refusal where there are none */
  takeColumns(bodyId: string): readonly Uint8Array[]
  closeAll(): void
}>

/** A browser opens six connections to one host at most; a stream holds one, and calls must get through. */
const MAX_STREAMS = 4
/** Progress is dropped while a slow page has this many bytes to read; the next one says all it did. */
const SLOW_PAGE_BYTES = 1_000_000

/** The channels of the pages that are open: server-sent events out, POST in, columns fetched as bytes. */
export function createStreamChannels(): StreamChannels {
  const channels = new Map<string, Open>()
  const bodies = new Map<string, Readonly<{ channelId: string; parts: readonly Uint8Array[] }>>()

  function open(response: ServerResponse): Channel {
    const id = randomBytes(12).toString('base64url')
    const state = channelState()
    const forget = (): void => {
      channels.delete(id)
      for (const [bodyId, body] of bodies) if (body.channelId === id) bodies.delete(bodyId)
      state.close()
    }
    response.writeHead(200, { ...DATA_HEADERS, 'content-type': 'text/event-stream' })
    response.write(`event: open\ndata: ${JSON.stringify({ channel: id })}\n\n`)
    response.once('close', forget)
    const channel: Channel = {
      post: message => {
        state.demandOpen()
        if (message.t === 'progress' && response.writableLength > SLOW_PAGE_BYTES) return
        response.write(`data: ${JSON.stringify(withoutColumns(id, message))}\n\n`)
      },
      listen: receive => {
        const entry = channels.get(id)
        if (entry !== undefined) entry.receive = receive
      },
      onClose: state.onClose,
      close: () => {
        response.end()
        forget()
      },
    }
    channels.set(id, { channel, receive: null })
    const oldest = channels.values().next().value
    if (channels.size > MAX_STREAMS) oldest?.channel.close()
    return channel
  }

  function withoutColumns(channelId: string, message: Wire): unknown {
    if (message.t !== 'ok' || message.columns === undefined) return message
    const body = randomBytes(12).toString('base64url')
    bodies.set(body, { channelId, parts: padded(message.columns) })
    return { ...message, columns: layout(message.columns), body }
  }

  return {
    open,
    receive: (channelId, messages) => {
      const entry = channels.get(channelId)
      if (entry === undefined) throw new Refusal(409, 'there is no such channel', 'transport/closed')
      if (!Array.isArray(messages)) throw new Refusal(400, 'the body should be a list of messages')
      for (const message of messages) entry.receive?.(message)
    },
    takeColumns: bodyId => {
      const body = bodies.get(bodyId)
      if (body === undefined) throw new Refusal(404, 'there are no such columns')
      bodies.delete(bodyId)
      return body.parts
    },
    closeAll: () => {
      for (const { channel } of [...channels.values()]) channel.close()
    },
  }
}

function layout(columns: Columns): unknown {
  return Object.entries(columns).map(([name, column]) => ({ name, kind: columnKind(column), length: column.length }))
}

/** The columns one after the other, each from a multiple of 8 bytes, so that a Float64Array can lie where it came. */
function padded(columns: Columns): readonly Uint8Array[] {
  return Object.values(columns).flatMap(column => {
    const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength)
    return [bytes, new Uint8Array(Math.ceil(bytes.length / 8) * 8 - bytes.length)]
  })
}
