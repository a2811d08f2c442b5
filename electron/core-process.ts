import { MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron'
import { ENGINE_FLAGS } from '#lib/engine-flags'
import type { FromEngine, ToEngine } from '../browser-host/engine-message.ts'
import type { TokenTable } from '../browser-host/token-table.ts'

export type CoreProcessOptions = Readonly<{
  /** The built entry of the utility process. */
  entry: string
  tokens: TokenTable
  report(text: string): void
  /** Told when the process ended and nobody had asked it to. */
  onStopped(): void
  /** How long the engine may take to close the project before it is ended, ms. */
  patienceMs?: number
}>

export type CoreProcess = Readonly<{
  /** A port to the engine; the process is started where there is none. */
  connect(): MessagePortMain
  /** Lets the engine close its project; resolves when the process has ended. */
  close(): Promise<void>
}>

const PATIENCE_MS = 10_000

/** The one engine process of the desktop app. */
export function createCoreProcess(options: CoreProcessOptions): CoreProcess {
  let current: UtilityProcess | null = null

  function start(): UtilityProcess {
    const child = utilityProcess.fork(options.entry, [], {
      // These become switches of Chromium, of which V8 is told what stands in this one alone.
      execArgv: [`--js-flags=${ENGINE_FLAGS.join(' ')}`],
      serviceName: 'PQL Workbench analysis',
      stdio: 'inherit',
    })
    current = child
    const unfollow = options.tokens.follow(message => child.postMessage(message))
    child.on('message', (message: FromEngine) => {
      if (message.kind === 'report') options.report(message.text)
    })
    child.once('exit', code => {
      unfollow()
      if (current !== child) return
      current = null
      options.report(`the analysis process ended: exit code ${code}`)
      options.onStopped()
    })
    return child
  }

  return {
    connect: () => {
      const child = current ?? start()
      const { port1, port2 } = new MessageChannelMain()
      child.postMessage({ kind: 'client' } satisfies ToEngine, [port1])
      return port2
    },
    close: async () => {
      const child = current
      if (child === null) return
      current = null
      const ended = new Promise<void>(done => child.once('exit', () => done()))
      child.postMessage({ kind: 'stop' } satisfies ToEngine)
      const killer = setTimeout(() => child.kill(), options.patienceMs ?? PATIENCE_MS)
      await ended
      clearTimeout(killer)
    },
  }
}
