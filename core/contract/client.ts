import { AppError } from '#lib/errors'
import type { Channel, Reply } from './channel.ts'
import { columnFault, readReply } from './channel-message.ts'
import { closedError } from './channel-state.ts'
import { type CallOptions, type Client, contract, type MethodName } from './contract.ts'

type Pending = Readonly<{
  method: MethodName
  resolve(value: unknown): void
  reject(error: Error): void
  onProgress: CallOptions['onProgress']
}>

/**
 * The calling side of the contract: one function per method.
 *
 * A call is refused with AppError: the code of the server; `transport/closed` where the other end is gone, before or
 * during the call; `run/cancelled` where its signal was aborted before it began. A call that is aborted later is asked
 * to stop, and settles when the server has answered. What arrives and is no answer to a call is passed over.
 *
 * @param channel where the server listens; the client is its one listener
 * @returns the client
 */
export function createClient(channel: Channel): Client {
  const pending = new Map<number, Pending>()
  let nextId = 1

  channel.listen(message => {
    const reply = readReply(message)
    const call = reply === null ? undefined : pending.get(reply.id)
    if (reply === null || call === undefined) return
    if (reply.t === 'progress') return call.onProgress?.(reply.progress)
    pending.delete(reply.id)
    settle(call, reply)
  })

  channel.onClose(() => {
    const calls = [...pending.values()]
    pending.clear()
    for (const call of calls) call.reject(closedError())
  })

  const start = (method: MethodName, input: unknown, options: CallOptions): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (options.signal?.aborted === true) throw new AppError('run/cancelled', `${method} was cancelled`, { method })
      const id = nextId++
      pending.set(id, { method, resolve, reject, onProgress: options.onProgress })
      try {
        channel.post({ t: 'call', id, method, input })
      } catch (error) {
        pending.delete(id)
        throw error
      }
      options.signal?.addEventListener('abort', () => {
        if (pending.has(id)) channel.post({ t: 'cancel', id })
      })
    })

  return clientOf(start)
}

/** A client whose every method goes through one function. */
export function clientOf(
  start: (method: MethodName, input: unknown, options: CallOptions) => Promise<unknown>,
): Client {
  const names = Object.keys(contract) as MethodName[]
  const methods = names.map(name => [name, (input: unknown, options: CallOptions = {}) => start(name, input, options)])
  return Object.fromEntries(methods) as Client // the contract's own names, so every method is there
}

function settle(call: Pending, reply: Exclude<Reply, { t: 'progress' }>): void {
  const { method } = call
  if (reply.t === 'fail') {
    call.reject(new AppError(reply.error.code, reply.error.message, reply.error.context))
    return
  }
  const spec = columnsOf(method)
  const fault = columnFault(spec, reply.columns)
  if (fault !== null) call.reject(new AppError('internal', `${method}: ${fault}`, { method }))
  else call.resolve(spec === undefined ? reply.value : { ...(reply.value as object), columns: reply.columns })
}

function columnsOf(method: MethodName) {
  const entry = contract[method]
  return 'columns' in entry ? entry.columns : undefined
}
