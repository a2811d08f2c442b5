import type { Channel, Columns, Wire } from './channel.ts'
import { channelState } from './channel-state.ts'
import type { TypedColumn } from './method.ts'

/**
 * Two linked ends in one thread, for the CLI, tests and hosts whose engine runs beside them. As strict as a wire: values
 * are copied through JSON text, columns byte by byte, and delivery is never within `post`.
 *
 * @returns the two ends; closing one closes both
 * @throws Error from `post` where a value is not JSON (NaN, Date, Map, class instance, typed array, hole)
 */
export function memoryChannels(): readonly [Channel, Channel] {
  const state = channelState()
  const inboxes = [inbox(), inbox()] as const
  const end = (mine: 0 | 1, theirs: 0 | 1): Channel => ({
    post: message => {
      state.demandOpen()
      const copy = copyMessage(message)
      void Promise.resolve().then(() => {
        if (!state.isClosed()) inboxes[theirs].deliver(copy)
      })
    },
    listen: inboxes[mine].listen,
    onClose: state.onClose,
    close: state.close,
  })
  return [end(0, 1), end(1, 0)]
}

function inbox(): { deliver(message: Wire): void; listen(listener: (message: unknown) => void): void } {
  let waiting: Wire[] = []
  let receive: ((message: unknown) => void) | null = null
  return {
    deliver: message => {
      if (receive === null) waiting.push(message)
      else receive(message)
    },
    listen: listener => {
      receive = listener
      const early = waiting
      waiting = []
      for (const message of early) listener(message)
    },
  }
}

function copyMessage(message: Wire): Wire {
  if (message.t !== 'ok' || message.columns === undefined) return copyJson(message)
  const { columns, ...rest } = message
  return { ...copyJson(rest), columns: copyColumns(columns) }
}

function copyColumns(columns: Columns): Columns {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]): [string, TypedColumn] => [name, column.slice()]),
  )
}

function copyJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value, refuseOther)) as T
}

/** JSON.stringify turns what it cannot write into null or an empty object; a wire that does that loses data silently. */
function refuseOther(this: unknown, key: string, value: unknown): unknown {
  const before = (this as Readonly<Record<string, unknown>>)[key]
  const isHole = before === undefined && Array.isArray(this)
  if (isHole || !isJson(before)) {
    throw new Error(`"${key}" is not a JSON value: ${Object.prototype.toString.call(before)}`)
  }
  return value
}

function isJson(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || value === null) return !['bigint', 'function', 'symbol'].includes(typeof value)
  const prototype: unknown = Object.getPrototypeOf(value)
  return Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null
}
