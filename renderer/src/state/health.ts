import { create } from 'zustand'
import type { CallOptions, Client, Output } from '#contract/contract'
import { runJob } from './jobs.ts'

export type HealthReport = Output<'health.run'>
export type HealthCheck = HealthReport['checks'][number]
export type HealthAnomaly = HealthReport['anomalies']['newest'][number]
export type CheckCode = HealthCheck['code']
/** `passed`: the check found nothing. */
export type Standing = HealthCheck['severity'] | 'passed'
export const HEALTH_TABS = ['checks', 'tables', 'workspace', 'activation'] as const
export type HealthTab = (typeof HEALTH_TABS)[number]

type Health = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'running' | 'failed'
  report: HealthReport | null
  /** The engine has to read the data again before it can answer about them. */
  isCold: boolean
  tab: HealthTab
  /** The check whose panel is open. */
  chosen: CheckCode | null
  /** Only checks that stand so; empty: all. */
  standings: readonly Standing[]
}>

const EMPTY: Health = { status: 'idle', report: null, isCold: true, tab: 'checks', chosen: null, standings: [] }

export const useHealth = create<Health>()(() => EMPTY)

export const standingOf = (check: HealthCheck): Standing => (check.count === 0 ? 'passed' : check.severity)

/** The report that is kept; where there is none, the data are checked, after what runs already. */
export async function loadHealth(client: Pick<Client, 'health.report' | 'health.run'>): Promise<void> {
  if (useHealth.getState().status === 'running') return
  if (useHealth.getState().report === null) useHealth.setState({ status: 'loading' })
  try {
    const { report } = await client['health.report']({})
    if (useHealth.getState().status === 'running') return
    const isOld = report?.isStale ?? false
    useHealth.setState(({ isCold }) => ({
      status: report === null ? 'idle' : 'ready',
      report,
      isCold: isCold || isOld,
    }))
    if (report === null) await runHealth(client)
  } catch (error) {
    useHealth.setState(({ report }) => ({ status: report === null ? 'failed' : 'ready' }))
    throw error
  }
}

/** Checks the data as a job; without an instant, as of the data's own. What was shown stays until the answer is here. */
export async function runHealth(client: Pick<Client, 'health.run'>, asOf?: string): Promise<void> {
  const before = useHealth.getState()
  useHealth.setState({ status: 'running' })
  try {
    const report = await runJob('Check the data', options =>
      client['health.run'](asOf === undefined ? {} : { asOf }, options),
    )
    useHealth.setState({ status: 'ready', report, isCold: false })
  } catch (error) {
    useHealth.setState({ status: before.report === null ? 'idle' : 'ready' })
    throw error
  }
}

/** A question about the data. The first one after an opening takes as long as a check, so it is a job of the tray. */
export async function askHealth<T>(question: (options: CallOptions) => Promise<T>): Promise<T> {
  if (!useHealth.getState().isCold) return await question({})
  const answer = await runJob('Read the data', question)
  useHealth.setState({ isCold: false })
  return answer
}

export function showHealthTab(tab: HealthTab): void {
  useHealth.setState({ tab })
}

export function chooseCheck(chosen: CheckCode | null): void {
  useHealth.setState({ chosen })
}

export function toggleStanding(standing: Standing): void {
  useHealth.setState(({ standings }) => ({
    standings: standings.includes(standing) ? standings.filter(known => known !== standing) : [...standings, standing],
  }))
}

export function forgetHealth(): void {
  useHealth.setState(EMPTY)
}
