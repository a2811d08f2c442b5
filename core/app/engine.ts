import type { Channel } from '#contract/channel'
import { serve } from '#contract/server'
import { createContext, type EngineHost } from './context.ts'
import { handlers } from './handlers/index.ts'

/** One engine: owns the project file and answers the calls of one channel. */
export type Engine = Readonly<{
  /** Stops what runs, closes the project down to its one file. */
  close(): Promise<void>
}>

/** Serves the whole contract over `channel`. */
export function serveEngine(channel: Channel, host: EngineHost): Engine {
  const ctx = createContext(host)
  const server = serve(channel, ctx, handlers, { report: host.report, checkOutputs: host.kind === 'test' })
  return {
    close: async () => {
      await server.close()
      ctx.open?.project.close()
      ctx.open = null
    },
  }
}
