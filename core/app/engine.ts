import type { Channel } from '#contract/channel'
import { type Call, contract, type Handlers, type MethodName } from '#contract/contract'
import { serve } from '#contract/server'
import { AppError } from '#lib/errors'
import { type Context, createContext, type EngineHost } from './context.ts'
import { rooms } from './handlers/index.ts'
import { lateHandlers } from './late-handlers.ts'

/** One engine: owns the project file and answers the calls of one channel. */
export type Engine = Readonly<{
  /** Stops what runs, closes the project down to its one file. */
  close(): Promise<void>
}>

/** Serves the whole contract over `channel`. */
export function serveEngine(channel: Channel, host: EngineHost): Engine {
  const ctx = createContext(host)
  const options = { report: host.report, checkOutputs: host.kind === 'test' }
  const server = serve(channel, ctx, withCommandsWaiting(lateHandlers(rooms)), options)
  return {
    close: async () => {
      await server.close()
      ctx.open?.project.close()
      ctx.open = null
    },
  }
}

type AnyHandler = (ctx: Context, input: unknown, call: Call) => unknown

/** Commands write: while another thread writes the project, they wait for its end. */
function withCommandsWaiting(all: Handlers<Context>): Handlers<Context> {
  const names = Object.keys(contract) as MethodName[]
  const gated = names.map(name => {
    const handler = all[name] as AnyHandler // its input was parsed by the contract's own entry
    return [name, contract[name].kind === 'command' ? waiting(handler) : whileOpen(handler)]
  })
  return Object.fromEntries(gated) as Handlers<Context> // one per name of the contract
}

/** What goes on in turns ends with the project that it is about. */
function whileOpen(handler: AnyHandler): AnyHandler {
  return (ctx, input, call) => {
    const { open } = ctx
    const answer = handler(ctx, input, call)
    if (!(answer instanceof Promise)) return answer
    return answer.catch((error: unknown) => {
      if (open === null || ctx.open === open || error instanceof AppError) throw error
      throw new AppError('run/cancelled', 'the project was closed meanwhile; nothing was changed', {}, { cause: error })
    })
  }
}

function waiting(handler: AnyHandler): AnyHandler {
  return async function once(ctx, input, call): Promise<unknown> {
    while (ctx.writing !== null) await ctx.writing
    if (call.signal.aborted) throw new AppError('run/cancelled', 'cancelled before it began')
    try {
      return await handler(ctx, input, call)
    } catch (error) {
      // It was on its way when the writing began, and has changed nothing: a command is one transaction.
      if (ctx.writing !== null && isLocked(error)) return await once(ctx, input, call)
      throw error
    }
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof AppError && error.code === 'store/locked'
}
