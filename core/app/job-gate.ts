import type { Call } from '#contract/contract'
import { AppError } from '#lib/errors'

/** What a job that waits says of itself: no work, and so no amount. */
const WAITING = { phase: 'Waiting', done: 0, total: null, unit: 'steps', subject: null } as const
const STARTING = { ...WAITING, phase: 'Starting' } as const

export type JobGate = Readonly<{
  /**
   * For what cannot wait in line, as the jobs in line belong to the project that is open.
   *
   * @throws AppError run/busy while a job runs or waits
   */
  demandIdle(): void
  /**
   * Runs work alone: while another job runs it waits in line, first come, first served, and says what it waits for. A job that is
   * begun by the call whose job runs is a part of that job, so that no job can wait for itself.
   *
   * Whatever was read before may have changed when its turn comes: work asks for the project itself.
   *
   * @param name what is waited for, in words: `an import`
   * @throws AppError run/cancelled where it is cancelled while it waits
   */
  run<T>(name: string, call: Call, work: () => Promise<T>): Promise<T>
}>

type Waiting = Readonly<{ name: string; call: Call; begin(): void }>

/** One job at a time per engine, in the order in which they came. */
export function createJobGate(): JobGate {
  const line: Waiting[] = []
  let running: Omit<Waiting, 'begin'> | null = null

  function next(): void {
    const first = line.shift()
    running = first ?? null
    first?.begin()
    tellFrom(0)
  }

  /** Those from a place on learn where they stand now. */
  function tellFrom(first: number): void {
    const job = running?.name
    if (job === undefined) return
    for (const [place, { call }] of line.slice(first).entries())
      call.onProgress({ ...WAITING, waitsFor: { job, ahead: first + place + 1 } })
  }

  function turnOf(name: string, call: Call): Promise<void> {
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        call.onProgress(STARTING)
        resolve()
      }
      const waiting = { name, call, begin }
      tellFrom(line.push(waiting) - 1)
      call.signal.addEventListener('abort', () => {
        const place = line.indexOf(waiting)
        if (place < 0) return
        line.splice(place, 1)
        reject(cancelled(name))
        tellFrom(place)
      })
    })
  }

  return {
    demandIdle: () => {
      if (running === null) return
      const { name } = running
      throw new AppError('run/busy', `${name} is still running; wait for it or cancel it`, { running: name })
    },
    run: async (name, call, work) => {
      if (running?.call === call) return await work()
      if (call.signal.aborted) throw cancelled(name)
      if (running === null) running = { name, call }
      else await turnOf(name, call)
      try {
        return await work()
      } finally {
        next()
      }
    },
  }
}

function cancelled(name: string): AppError {
  return new AppError('run/cancelled', `${name} was cancelled while it waited; nothing was begun`)
}
