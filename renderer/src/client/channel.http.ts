import type { Channel, Request, Wire } from '#contract/channel'
import { channelState, closedError } from '#contract/channel-state'
import { AppError } from '#lib/errors'
import { fetchColumns, type HttpOptions } from './columns.ts'
import { readEvents } from './event-stream.ts'

/** Above this a message is refused here; the host refuses a body of several megabytes unread. */
const MAX_MESSAGE = 1_000_000
const MAX_BATCH = 3_000_000

/**
 * A channel over localhost: server-sent events in, POST out, columns fetched as bytes (docs/decisions/0001).
 *
 * Two POSTs at once may overtake each other, and a cancel must not overtake its call: so one is under way at a time, and
 * what is posted meanwhile goes together in the next one.
 *
 * @returns the channel, once its stream is open
 * @throws AppError `transport/closed` where the host does not answer or refuses
 */
export async function httpChannel(options: HttpOptions): Promise<Channel> {
  const state = channelState()
  const stop = new AbortController()
  state.onClose(() => stop.abort())
  const events = await openStream(options, stop.signal)
  const first = await events.next()
  const id = first.done === true ? null : openedAs(first.value)
  if (id === null) throw closedError()

  let listener: ((message: unknown) => void) | null = null
  const deliver = (message: unknown): void => {
    if (!state.isClosed()) listener?.(message)
  }
  const send = sender(options, id, { onRefused: deliver, onLost: state.close })

  async function pump(): Promise<void> {
    for await (const event of events) {
      const message = parseJson(event.data)
      if (hasBody(message)) void fetchColumns(options, message).then(deliver, state.close)
      else deliver(message)
    }
  }

  return {
    post: message => {
      state.demandOpen()
      send(message)
    },
    listen: receive => {
      if (listener === null) void pump().then(state.close, state.close)
      listener = receive
    },
    onClose: state.onClose,
    close: state.close,
  }
}

async function openStream(options: HttpOptions, signal: AbortSignal) {
  try {
    const response = await options.fetch(`${options.origin}/events`, {
      signal,
      headers: { accept: 'text/event-stream' },
    })
    if (!response.ok || response.body === null) throw new Error(`event stream refused: HTTP ${response.status}`)
    return readEvents(response.body)
  } catch (cause) {
    throw new AppError('transport/closed', 'the host of this page does not answer; start it again', {}, { cause })
  }
}

type SendOptions = Readonly<{ onRefused(message: unknown): void; onLost(): void }>

function sender(options: HttpOptions, id: string, { onRefused, onLost }: SendOptions): (message: Wire) => void {
  const waiting: string[] = []
  let isSending = false

  async function flush(): Promise<void> {
    isSending = true
    while (waiting.length > 0) {
      const body = `[${nextBatch(waiting).join(',')}]`
      const headers = { 'content-type': 'application/json' }
      const url = `${options.origin}/call?channel=${encodeURIComponent(id)}`
      const response = await options.fetch(url, { method: 'POST', headers, body })
      if (!response.ok) throw new Error(`call refused: HTTP ${response.status}`)
    }
    isSending = false
  }

  return message => {
    const text = JSON.stringify(message)
    if (text.length > MAX_MESSAGE) {
      void Promise.resolve().then(() => onRefused(tooLarge(message as Request)))
      return
    }
    waiting.push(text)
    if (!isSending) flush().catch(onLost)
  }
}

function nextBatch(waiting: string[]): readonly string[] {
  let length = 0
  const end = waiting.findIndex(text => {
    length += text.length
    return length > MAX_BATCH
  })
  return waiting.splice(0, end === -1 ? waiting.length : Math.max(1, end))
}

function tooLarge(message: Request): Wire {
  const text = `the input is above ${MAX_MESSAGE} characters`
  return {
    t: 'fail',
    id: message.id,
    error: { code: 'contract/too-large', message: text, context: { cap: MAX_MESSAGE } },
  }
}

function openedAs(event: Readonly<{ name: string; data: string }>): string | null {
  const opened = parseJson(event.data)
  if (event.name !== 'open' || typeof opened !== 'object' || opened === null || !('channel' in opened)) return null
  return typeof opened.channel === 'string' ? opened.channel : null
}

function hasBody(message: unknown): message is Readonly<{ body: string }> {
  return typeof message === 'object' && message !== null && 'body' in message && typeof message.body === 'string'
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
