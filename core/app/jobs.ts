import type { Call } from '#contract/contract'
import type { Progress } from '#contract/method'
import { AppError } from '#lib/errors'
import type { Steps } from '#lib/steps'
import { createMemoryWatch } from './spare-memory.ts'

/** Longest stretch of synchronous work before the engine listens again, ms. */
const BREATH_MS = 40

/** One long piece of work: tells how far it is, stops when asked to, and lets other calls through. */
export type Job = Readonly<{
  report(progress: Progress): void
  /** Gives other calls a turn when the last turn is long ago. @throws AppError run/cancelled */
  breathe(): Promise<void>
  /** Gives other calls a turn now: between two long stretches that cannot be broken up. @throws AppError run/cancelled */
  turn(): Promise<void>
}>

/** @param steadyMs ms of a clock that is never set back; handed in, since core asks nobody for the time */
export function createJob(call: Call, steadyMs: () => number): Job {
  let lastTurn = steadyMs()
  const watchMemory = createMemoryWatch()
  const check = (): void => {
    if (call.signal.aborted) throw new AppError('run/cancelled', 'cancelled; what was there before is unchanged')
  }
  const turn = async (): Promise<void> => {
    check()
    watchMemory()
    await new Promise<void>(resolve => setImmediate(resolve))
    lastTurn = steadyMs()
    check()
  }
  return {
    report: progress => call.onProgress(progress),
    turn,
    breathe: async () => {
      check()
      if (steadyMs() - lastTurn >= BREATH_MS) await turn()
    },
  }
}

/** Works steps off and gives others a turn now and then. @throws AppError run/cancelled */
export async function inTurns<T>(steps: Steps<T, unknown>, job: Pick<Job, 'breathe'>): Promise<T> {
  try {
    for (;;) {
      const step = steps.next()
      if (step.done === true) return step.value
      await job.breathe()
    }
  } finally {
    // What the work had opened is closed, also where it was stopped.
    steps.return(undefined as never)
  }
}

/** Steps of a work in parts, which name the part that begins, told as it does. */
export function* toldSteps<T>(steps: Steps<T, unknown>, parts: readonly string[], job: Pick<Job, 'report'>): Steps<T> {
  const names: readonly unknown[] = parts
  try {
    for (;;) {
      const step = steps.next()
      if (step.done === true) return step.value
      const part = names.indexOf(step.value)
      if (part >= 0) job.report(partProgress(parts, part))
      yield
    }
  } finally {
    steps.return(undefined as never)
  }
}

/** How far a work in parts is: the part that begins. */
export function partProgress(parts: readonly string[], done: number): Progress {
  return { phase: parts[done] ?? '', done, total: parts.length, unit: 'steps', subject: null }
}
