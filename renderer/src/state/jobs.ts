import { create } from 'zustand'
import type { CallOptions } from '#contract/contract'
import type { Progress } from '#contract/method'
import { type Pace, paceOf, rateOf } from '#contract/pace'
import { AppError } from '#lib/errors'

export type Job = Readonly<{
  id: number
  title: string
  status: 'running' | 'stopping' | 'done' | 'failed' | 'cancelled'
  phase: string | null
  subject: string | null
  done: number
  total: number | null
  unit: Progress['unit'] | null
  canCancel: boolean
  /** Rows taken up so far, where they are told beside another unit. */
  rows: number | null
  /** The subject as one of several. */
  part: NonNullable<Progress['part']> | null
  /** While it waits in line: what runs, and how many go before it. */
  waitsFor: NonNullable<Progress['waitsFor']> | null
  startedAt: number
  pace: Pace | null
  endedAt: number | null
  /** Units per second over the phase so far; null until it can be told. */
  rate: number | null
  /** Why it failed, in words. */
  message: string | null
}>

export const useJobs = create<Readonly<{ jobs: readonly Job[]; isTrayOpen: boolean }>>()(() => ({
  jobs: [],
  isTrayOpen: false,
}))

const controllers = new Map<number, AbortController>()
const KEPT = 12
let lastId = 0

/**
 * Runs a long call as a job of the tray: progress, rate, cancel. Fails and ends as the call does.
 *
 * @param isShort done at once, so that it is told of only where it has to wait for another job
 */
export async function runJob<T>(
  title: string,
  call: (options: CallOptions) => Promise<T>,
  { canCancel = true, isShort = false } = {},
): Promise<T> {
  const id = ++lastId
  const controller = new AbortController()
  controllers.set(id, controller)
  if (!isShort) add(newJob(id, title, canCancel))
  const onProgress = (progress: Progress): void => {
    const isKnown = useJobs.getState().jobs.some(job => job.id === id)
    if (!isKnown && progress.waitsFor !== undefined) add(newJob(id, title, canCancel))
    advance(id, progress)
  }
  try {
    const result = await call({ signal: controller.signal, onProgress })
    end(id, 'done', null)
    return result
  } catch (error) {
    const wasCancelled = error instanceof AppError && error.code === 'run/cancelled'
    end(id, wasCancelled ? 'cancelled' : 'failed', error instanceof Error ? error.message : String(error))
    throw error
  } finally {
    controllers.delete(id)
  }
}

/** The newest come first; of those that ended, the oldest are forgotten. */
function add(job: Job): void {
  useJobs.setState(({ jobs }) => {
    const kept = [job, ...jobs]
    return { jobs: kept.filter((each, place) => place < KEPT || isRunning(each)) }
  })
}

/** What only some progress has. */
const ASIDE = { rows: null, part: null, waitsFor: null }

function newJob(id: number, title: string, canCancel: boolean): Job {
  const now = Date.now()
  const nothingYet = { phase: null, subject: null, done: 0, total: null, unit: null, rate: null, message: null }
  const aside = { ...ASIDE, pace: null, endedAt: null }
  return { id, title, canCancel, status: 'running', ...nothingYet, ...aside, startedAt: now }
}

export function cancelJob(id: number): void {
  const controller = controllers.get(id)
  if (controller === undefined) return
  change(id, () => ({ status: 'stopping' }))
  controller.abort()
}

export function clearEnded(): void {
  useJobs.setState(({ jobs }) => ({ jobs: jobs.filter(isRunning) }))
}

export function setTray(isTrayOpen: boolean): void {
  useJobs.setState({ isTrayOpen })
}

/** Under way, or waiting in line to be. */
export const isRunning = (job: Job): boolean => job.status === 'running' || job.status === 'stopping'

export const isWaiting = (job: Job): boolean => isRunning(job) && job.waitsFor !== null

/** The job that is at work; where all wait, the one whose turn comes first. */
export function currentJob(jobs: readonly Job[]): Job | null {
  const underWay = jobs.filter(isRunning)
  return underWay.find(job => !isWaiting(job)) ?? underWay.toSorted((a, b) => a.id - b.id)[0] ?? null
}

function advance(id: number, progress: Progress): void {
  change(id, job => {
    const now = Date.now()
    const pace = paceOf(job.pace, progress, now)
    // What it takes is counted from its turn on.
    const startedAt = isWaiting(job) ? now : job.startedAt
    return { ...ASIDE, ...progress, startedAt, pace, rate: rateOf(pace, progress, now) }
  })
}

function end(id: number, status: Job['status'], message: string | null): void {
  change(id, () => ({ status, message, endedAt: Date.now() }))
}

function change(id: number, next: (job: Job) => Partial<Job>): void {
  useJobs.setState(({ jobs }) => ({ jobs: jobs.map(job => (job.id === id ? { ...job, ...next(job) } : job)) }))
}
