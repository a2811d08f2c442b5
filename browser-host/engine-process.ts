import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Channel, Request, Wire } from '#contract/channel'
import { channelState } from '#contract/channel-state'
import { ENGINE_ENVIRONMENT, ENGINE_FLAGS } from '#lib/engine-flags'
import type { FromEngine, ToEngine } from './engine-message.ts'
import type { TokenTable } from './token-table.ts'

export type EngineProcessOptions = Readonly<{
  /** The module to run in the process. */
  entry: string
  tokens: TokenTable
  /** Told what the engine reports, and how it ended when nobody asked it to. */
  report(text: string): void
  /** How long the engine may take to close the project before it is killed, ms. */
  patienceMs?: number
}>

export type EngineProcess = Readonly<{
  /** A channel to a running engine: the process is started by this. */
  connect(): Channel
  /** Lets the engine close its project, then ends the process; resolves when there is none. */
  close(): Promise<void>
}>

const PATIENCE_MS = 10_000

/** The one engine process of a host. A process that has died is replaced by the next `connect`. */
export function createEngineProcess(options: EngineProcessOptions): EngineProcess {
  let current: ChildProcess | null = null

  function start(): ChildProcess {
    // `advanced`: typed arrays pass as bytes.
    const child = fork(options.entry, [], {
      execArgv: [...process.execArgv, ...ENGINE_FLAGS],
      env: { ...ENGINE_ENVIRONMENT, ...process.env },
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    current = child
    return child
  }

  function connect(): Channel {
    const child = current ?? start()
    const state = channelState()
    let listener: ((message: unknown) => void) | null = null
    const send = (message: ToEngine): void => {
      if (child.connected) child.send(message, () => undefined)
    }
    const unfollow = options.tokens.follow(send)
    const gone = (how: string): void => {
      unfollow()
      if (current === child) {
        current = null
        options.report(`the analysis process ended: ${how}`)
      }
      state.close()
    }
    child.once('exit', (code, signal) => gone(signal ?? `exit code ${code}`))
    child.once('error', error => gone(error.message))
    child.on('message', message => {
      const told = message as FromEngine
      if (told.kind === 'report') options.report(told.text)
      else listener?.(told.message)
    })
    return {
      post: (message: Wire) => {
        state.demandOpen()
        send({ kind: 'call', message: message as Request }) // the host is the client, it posts requests only
      },
      listen: receive => {
        listener = receive
      },
      onClose: state.onClose,
      close: () => child.kill(),
    }
  }

  async function close(): Promise<void> {
    const child = current
    if (child === null) return
    current = null
    const ended = once(child, 'exit')
    if (child.connected) child.send({ kind: 'stop' } satisfies ToEngine, () => undefined)
    const killer = setTimeout(() => child.kill('SIGKILL'), options.patienceMs ?? PATIENCE_MS)
    await ended
    clearTimeout(killer)
  }

  return { connect, close }
}
