import { serveEngine } from '#app'
import { memoryChannels } from '#contract/channel.memory'
import { createClient } from '#contract/client'
import type { CallOptions, Client } from '#contract/contract'
import { progressLine } from './progress.ts'
import { note } from './terminal.ts'

/** The engine in this process. Tokens of the command line are paths: the caller is the user. */
export type Session = Readonly<{ client: Client; options: CallOptions; close(): Promise<void> }>

/** Ctrl-C asks the running job to stop; a second one ends the process at once, which loses nothing. */
export function openSession(): Session {
  const [clientEnd, serverEnd] = memoryChannels()
  const engine = serveEngine(serverEnd, {
    kind: 'cli',
    resolveSource: token => ({ path: token, name: token.split(/[\\/]/).at(-1) ?? token }),
    resolveTarget: token => token,
    report: error => note(`internal: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
  })
  const abort = new AbortController()
  const stop = (): void => {
    if (abort.signal.aborted) process.exit(130)
    note('stopping')
    abort.abort()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  return {
    client: createClient(clientEnd),
    options: { signal: abort.signal, onProgress: progressLine(process.stderr, () => performance.now()) },
    close: async () => {
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
      await engine.close()
    },
  }
}

/** Opens a session, does the work, and closes the project down to its one file whatever happens. */
export async function withSession<T>(work: (session: Session) => Promise<T>): Promise<T> {
  const session = openSession()
  try {
    return await work(session)
  } finally {
    await session.close()
  }
}
