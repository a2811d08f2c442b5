import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'
import { runJob } from './jobs.ts'

export type Overview = Output<'identity.overview'>
export type Counts = Overview['counts'][number]
export type Question = Counts['question']
export type Band = Exclude<keyof Counts, 'question' | 'following' | 'ties'>
export type Thresholds = Overview['thresholds']
export type Contradiction = Overview['contradictions'][number]
export type PathStep = Contradiction['path'][number]
export const QUESTIONS: readonly Question[] = ['persons', 'workspaces', 'companies', 'accounts', 'signups']
export const IDENTITY_TABS = [
  'review',
  'thresholds',
  'clusters',
  'why',
  'shared',
  'domains',
  'rules',
  'labels',
  'history',
] as const
export type IdentityTab = (typeof IDENTITY_TABS)[number]

type Identity = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  overview: Overview | null
  /** Pairs of users per bit, from `firstBin` on. */
  histogram: readonly number[]
  /** How long the longest reading of the overview took: how much the engine has to do for it. */
  longestMs: number
  tab: IdentityTab
}>

const EMPTY: Identity = { status: 'idle', overview: null, histogram: [], longestMs: 0, tab: 'review' }

export const useIdentity = create<Identity>()(() => EMPTY)
let latest = 0

/** Where the four questions stand. The first time after an import the records are compared, so it is a job of the tray. */
export async function loadOverview(client: Pick<Client, 'identity.overview'>, signal?: AbortSignal): Promise<void> {
  const question = ++latest
  const { overview: before } = useIdentity.getState()
  const begun = performance.now()
  if (before === null) useIdentity.setState({ status: 'loading' })
  try {
    const ask = (options = {}): ReturnType<Client['identity.overview']> => client['identity.overview']({}, options)
    const { columns, ...overview } =
      before === null ? await runJob('Compare the records', ask) : await ask(signal === undefined ? {} : { signal })
    if (question !== latest) return
    const took = performance.now() - begun
    useIdentity.setState(({ longestMs }) => ({
      status: 'ready',
      overview,
      histogram: [...columns.histogram],
      longestMs: Math.max(longestMs, took),
    }))
  } catch (error) {
    if (question === latest) useIdentity.setState({ status: before === null ? 'failed' : 'ready' })
    throw error
  }
}

/** What every decision brings along: the figures that it moved. */
export function takeFigures(figures: Readonly<Pick<Overview, 'state' | 'counts' | 'steps'>>): void {
  const { state, counts, steps } = figures
  useIdentity.setState(({ overview }) => ({
    overview: overview === null ? null : { ...overview, state, counts, steps },
  }))
}

export function countsOf(overview: Overview | null, question: Question): Counts | null {
  return overview?.counts.find(counts => counts.question === question) ?? null
}

export function showIdentityTab(tab: IdentityTab): void {
  useIdentity.setState({ tab })
}

export function forgetIdentity(): void {
  latest += 1
  useIdentity.setState(EMPTY)
}
