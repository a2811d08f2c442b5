import type { Channel, Wire } from './channel.ts'
import { channelState } from './channel-state.ts'
import type { TypedColumn } from './method.ts'

type PortEvent = 'message' | 'close'
// biome-ignore lint/suspicious/noExplicitAny: the ports' own event and transfer types differ and have no common one
type Foreign = any

/** What DOM, Worker, worker_threads and Electron ports have in common. */
export type PortLike = Readonly<{
  postMessage(message: unknown, transfer?: Foreign): void
  addEventListener?(event: PortEvent, listener: (event: Foreign) => void): unknown
  on?(event: PortEvent, listener: (event: Foreign) => void): unknown
  start?(): void
  close?(): void
}>

export type PortOptions = Readonly<{
  /** False where buffers cannot be transferred (Electron's main-side ports): they are copied instead. */
  canTransfer: boolean
}>

/**
 * A channel over one end of a message port.
 *
 * @param port    the end, not yet started
 * @param options whether columns can be transferred; a transferred column is gone from the sender
 * @returns the channel; it is closed by `close` or by the port's own `close` event
 */
export function portChannel(port: PortLike, options: PortOptions = { canTransfer: true }): Channel {
  const state = channelState()
  const on = (event: PortEvent, listener: (event: unknown) => void): unknown =>
    port.addEventListener !== undefined ? port.addEventListener(event, listener) : port.on?.(event, listener)
  let receive: ((message: unknown) => void) | null = null
  on('close', state.close)
  return {
    post: message => {
      state.demandOpen()
      const columns = options.canTransfer ? columnsOf(message) : []
      if (columns.length === 0) return port.postMessage(message)
      const whole = { ...message, columns: Object.fromEntries(columns) }
      port.postMessage(whole, [...new Set(columns.map(([, column]) => column.buffer))])
    },
    listen: listener => {
      const isFirst = receive === null
      receive = listener
      if (!isFirst) return
      on('message', event => {
        if (!state.isClosed()) receive?.(unwrap(event))
      })
      port.start?.()
    },
    onClose: state.onClose,
    close: () => {
      port.close?.()
      state.close()
    },
  }
}

/**
 * A view of a part of a buffer is copied first: a transfer takes the whole buffer, with what others have in it. So is
 * shared memory, which cannot be transferred.
 */
function columnsOf(message: Wire): readonly (readonly [string, TypedColumn])[] {
  if (message.t !== 'ok' || message.columns === undefined) return []
  return Object.entries(message.columns).map(([name, column]) => [name, ownsBuffer(column) ? column : column.slice()])
}

function ownsBuffer(column: TypedColumn): boolean {
  const isShared = Object.prototype.toString.call(column.buffer) !== '[object ArrayBuffer]'
  return !isShared && column.byteLength === column.buffer.byteLength
}

/** Node's worker_threads `on` delivers the message itself; every other port wraps it in an event. */
function unwrap(event: unknown): unknown {
  if (typeof event !== 'object' || event === null || 't' in event) return event
  return 'data' in event ? event.data : event
}
