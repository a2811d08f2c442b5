import type * as z from 'zod'
import { AppError } from '#lib/errors'
import { type Channel, type Columns, type Reply, type Request, wireError } from './channel.ts'
import { columnFault, readRequest } from './channel-message.ts'
import { isLargerThan } from './channel-size.ts'
import { type Call, contract, type Handlers, type MethodName } from './contract.ts'
import type { Method } from './method.ts'

export type ServeOptions = Readonly<{
  /** Told of every error that is not an expected failure; the client only learns that there was one. */
  report(error: unknown): void
  /** Checks each output against the contract too; for tests, where a wrong output is a bug found. */
  checkOutputs?: boolean
  /** Largest input and output in UTF-16 code units, counted by `isLargerThan`; columns do not count. */
  maxInput?: number
  maxOutput?: number
}>

export type Server = Readonly<{
  /** Aborts what runs, and resolves when the last handler has ended. The channel stays open for answers until then. */
  close(): Promise<void>
}>

/** Inputs are small: files go by token. Outputs are pages; bulk goes in columns. */
const MAX_INPUT = 1_000_000
const MAX_OUTPUT = 16_000_000

type Running = Readonly<{ stop: StopSignal; done: Promise<void> }>
type AnyHandler<Ctx> = (ctx: Ctx, input: unknown, call: Call) => unknown

/**
 * The answering side of the contract.
 *
 * Refused before a handler is reached: a method the contract does not have (`contract/unknown-method`), an input above
 * the cap (`contract/too-large`), an input that does not parse (`contract/bad-input`, naming the path of the first
 * fault). A handler's AppError keeps code, message and context; any other error is reported here and `internal` there.
 * When the client is gone, every signal is aborted and the answers are dropped.
 *
 * @param channel  where the client is; the server is its one listener
 * @param ctx      handed to every handler
 * @param handlers one per method; a handler gives its columns away
 * @param options  where bugs are reported, and the caps
 * @returns the server
 */
export function serve<Ctx>(channel: Channel, ctx: Ctx, handlers: Handlers<Ctx>, options: ServeOptions): Server {
  const running = new Map<number, Running>()
  let isClosing = false

  channel.listen(message => {
    const request = readRequest(message)
    if (request?.t === 'cancel') running.get(request.id)?.stop.abort()
    if (request?.t !== 'call' || running.has(request.id)) return
    const stop = stopSignal()
    if (isClosing) stop.abort()
    const done = answer(request, stop).finally(() => running.delete(request.id))
    running.set(request.id, { stop, done })
  })
  channel.onClose(abortAll)

  function abortAll(): void {
    for (const { stop } of running.values()) stop.abort()
  }

  async function answer(request: Request & { t: 'call' }, stop: StopSignal): Promise<void> {
    const { id } = request
    const onProgress: Call['onProgress'] = progress => send({ t: 'progress', id, progress })
    // Not within `listen`: a call is registered before its handler starts, so that a handler that ends at once is removed.
    await Promise.resolve()
    try {
      send(await run(request, { signal: stop.signal, onProgress }))
    } catch (error) {
      const failure = expectedFailure(error, request.method, stop.signal.aborted)
      if (failure === null) options.report(error)
      send({ t: 'fail', id, error: failure === null ? INTERNAL : wireError(failure) })
    }
  }

  async function run(request: Request & { t: 'call' }, call: Call): Promise<Reply> {
    const name = knownMethod(request.method)
    const method: Method = contract[name]
    const input = parseInput(name, request.input, options.maxInput ?? MAX_INPUT)
    if (call.signal.aborted) throw new AppError('run/cancelled', `${name} was cancelled`, { method: name })
    const handler = handlers[name] as AnyHandler<Ctx> // `input` was parsed by the same entry, so they belong together
    return reply(request.id, name, await handler(ctx, input, call), method)
  }

  function reply(id: number, name: MethodName, result: unknown, method: Method): Reply {
    const { value, columns } = split(result, method)
    const fault = columnFault(method.columns, columns)
    if (fault !== null) throw new Error(`${name}: ${fault}`)
    if (options.checkOutputs === true) checkOutput(name, method, value)
    if (isLargerThan(value, options.maxOutput ?? MAX_OUTPUT)) {
      throw new AppError('contract/too-large', `the answer of ${name} is too large to send`, { method: name })
    }
    return columns === undefined ? { t: 'ok', id, value } : { t: 'ok', id, value, columns }
  }

  /** A value that the transport cannot carry is a bug of the handler and is answered as one; a closed channel is not. */
  function send(message: Reply): void {
    try {
      channel.post(message)
    } catch (error) {
      if (error instanceof AppError) return
      options.report(error)
      if (message.t === 'ok') send({ t: 'fail', id: message.id, error: INTERNAL })
    }
  }

  return {
    close: async () => {
      isClosing = true
      abortAll()
      await Promise.all([...running.values()].map(entry => entry.done))
    },
  }
}

const INTERNAL = { code: 'internal', message: 'unexpected error, see the log', context: {} } as const

function knownMethod(method: string): MethodName {
  if (Object.hasOwn(contract, method)) return method as MethodName
  throw new AppError('contract/unknown-method', `there is no method "${method.slice(0, 100)}"`, {
    method: method.slice(0, 100),
  })
}

function parseInput(name: MethodName, input: unknown, cap: number): unknown {
  if (isLargerThan(input, cap)) {
    throw new AppError('contract/too-large', `the input of ${name} is above ${cap} characters`, { method: name, cap })
  }
  const parsed = contract[name].input.safeParse(input)
  if (parsed.success) return parsed.data
  const { path, message } = firstIssue(parsed.error)
  throw new AppError('contract/bad-input', `bad input for ${name} at ${path}: ${message}`, { method: name, path })
}

function checkOutput(name: MethodName, method: Method, value: unknown): void {
  const parsed = method.output.safeParse(value)
  if (parsed.success) return
  const { path, message } = firstIssue(parsed.error)
  throw new Error(`bad output of ${name} at ${path}: ${message}`)
}

/** `sources[2].name`, or `input` for the whole of it. */
function firstIssue(error: z.ZodError): { path: string; message: string } {
  const issue = error.issues[0]
  const path = (issue?.path ?? []).map(step => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('')
  return { path: path.replace(/^\./, '') || 'the whole', message: issue?.message ?? 'not as the contract says' }
}

function split(result: unknown, method: Method): { value: unknown; columns: Columns | undefined } {
  if (method.columns === undefined) return { value: result, columns: undefined }
  const { columns, ...value } = result as Readonly<{ columns?: Columns }>
  return { value, columns }
}

function expectedFailure(error: unknown, method: string, isAborted: boolean): AppError | null {
  if (error instanceof AppError) return error
  if (isAborted && error instanceof Error && error.name === 'AbortError') {
    return new AppError('run/cancelled', `${method} was cancelled`, { method })
  }
  return null
}

type StopSignal = Readonly<{ signal: Call['signal']; abort(): void }>

function stopSignal(): StopSignal {
  const listeners: (() => void)[] = []
  let aborted = false
  return {
    signal: {
      get aborted() {
        return aborted
      },
      addEventListener: (_type, listener) => void listeners.push(listener),
    },
    abort: () => {
      if (aborted) return
      aborted = true
      for (const listener of listeners.splice(0)) listener()
    },
  }
}
