import { join, resolve } from 'node:path'
import type { Reply, Request } from '#contract/channel'
import { createRelay } from '#contract/channel-relay'
import { reportText } from './engine-message.ts'
import { createEngineProcess } from './engine-process.ts'
import type { HostOptions } from './host-options.ts'
import type { RouteContext } from './routes.ts'
import { createShell } from './shell.ts'
import type { Spool } from './spool.ts'
import { createStreamChannels } from './stream-channels.ts'
import { createTokenTable } from './token-table.ts'

export type HostParts = Readonly<{
  context: RouteContext
  report(error: unknown): void
  /** Ends what the session before has: its streams, tokens and uploads. */
  startSession(): void
  close(): Promise<void>
}>

type Prepared = Readonly<{ dataFolder: string; maxUpload: number; spool: Spool }>

const SAMPLE_FOLDER = join(import.meta.dirname, '../fixtures/sample')
const ENGINE_ENTRY = join(import.meta.dirname, 'engine-entry.ts')

/** All of a host but its server. */
export function createHostParts(options: HostOptions, { dataFolder, maxUpload, spool }: Prepared): HostParts {
  const write = options.report ?? ((text: string) => void process.stderr.write(`${text}\n`))
  const report = (error: unknown): void => write(reportText(error))
  const tokens = createTokenTable()
  const streams = createStreamChannels()
  const engine = createEngineProcess({ entry: options.engineEntry ?? ENGINE_ENTRY, tokens, report: write })

  async function release(token: string): Promise<void> {
    const grant = tokens.lookUp(token)
    if (grant === null || !('source' in grant)) return
    tokens.revoke(token)
    await spool.remove(grant.source.path)
  }

  /** What was imported is in the project: the uploaded copies are not needed any more. */
  function onAnswer(request: Request & { t: 'call' }, reply: Reply): void {
    if (request.method !== 'import.run' || reply.t !== 'ok') return
    const { sources } = request.input as Readonly<{ sources: readonly string[] }> // it was accepted, so it parsed
    Promise.all(sources.map(release)).catch(report)
  }

  const initialProject = options.project === undefined ? null : resolve(options.project)
  const shell = createShell({
    dataFolder,
    sampleFolder: options.sampleFolder ?? SAMPLE_FOLDER,
    otherProjects: () => (initialProject === null ? [] : [initialProject]),
    initialProject,
    tokens,
    release,
  })
  const relay = createRelay({ connect: engine.connect, onAnswer })
  return {
    context: { rendererRoot: options.rendererRoot, relay, streams, shell, spool, tokens, maxUpload },
    report,
    startSession: () => {
      streams.closeAll()
      tokens.revokeAll()
      spool.close().catch(report)
    },
    close: async () => {
      await engine.close()
      await spool.close()
    },
  }
}
