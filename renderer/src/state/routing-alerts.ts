import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'

export type Alert = Output<'routing.alerts'>['alerts'][number]
export const ALERT_KINDS = ['new_pql', 'new_icp_account', 'new_strategic_contact'] as const

type State = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  alerts: readonly Alert[]
  /** Days that the alerts were asked for. */
  days: number | null
  /** Only alerts of this kind; null: all. */
  kind: Alert['kind'] | null
  /** Only those of this owner; null: all. Empty: those that nobody owns. */
  owner: string | null
  isUnseenOnly: boolean
  /** The alert that is open. */
  openId: string | null
}>

const EMPTY: State = {
  status: 'idle',
  alerts: [],
  days: null,
  kind: null,
  owner: null,
  isUnseenOnly: false,
  openId: null,
}
/** A letter typed into the days is not asked for by itself. */
const ASK_AFTER_MS = 150
/** Marks that one call takes. */
const MOST_AT_ONCE = 5000

export const useAlerts = create<State>()(() => EMPTY)
let latest = 0

/** Alerts of so many days; without a number, of those that the rules in force say. */
export async function loadAlerts(client: Pick<Client, 'routing.alerts'>, days?: number): Promise<void> {
  const question = ++latest
  const isFirst = useAlerts.getState().status !== 'ready'
  if (isFirst) useAlerts.setState({ status: 'loading' })
  else await new Promise(resolve => setTimeout(resolve, ASK_AFTER_MS))
  if (question !== latest) return
  try {
    const found = await client['routing.alerts'](days === undefined ? {} : { days })
    if (question === latest) useAlerts.setState({ status: 'ready', ...found })
  } catch (error) {
    if (question === latest) useAlerts.setState({ status: 'failed' })
    throw error
  }
}

type Shown = Pick<State, 'alerts' | 'kind' | 'owner' | 'isUnseenOnly'>

/** The alerts that the filters leave, the newest first; of one day in the order of their workspaces. */
export function shownAlerts({ alerts, kind, owner, isUnseenOnly }: Shown): readonly Alert[] {
  return alerts
    .filter(
      alert =>
        (kind === null || alert.kind === kind) &&
        (owner === null || (alert.owner ?? '') === owner) &&
        (!isUnseenOnly || alert.seenAt === null),
    )
    .toSorted((a, b) => (a.at === b.at ? 0 : a.at < b.at ? 1 : -1))
}

export const setAlertView = (change: Partial<Pick<State, 'kind' | 'owner' | 'isUnseenOnly' | 'openId'>>): void =>
  useAlerts.setState(change)

/** Marks alerts as seen, or takes that back. */
export async function seeAlerts(
  client: Pick<Client, 'routing.seeAlerts'>,
  alertIds: readonly string[],
  isSeen: boolean,
): Promise<void> {
  if (alertIds.length === 0) return
  for (let at = 0; at < alertIds.length; at += MOST_AT_ONCE)
    await client['routing.seeAlerts']({ alertIds: alertIds.slice(at, at + MOST_AT_ONCE), isSeen })
  const ids = new Set(alertIds)
  useAlerts.setState(({ alerts }) => ({
    alerts: alerts.map(alert => (ids.has(alert.alertId) ? { ...alert, seenAt: isSeen ? 0 : null } : alert)),
  }))
}

export function forgetAlerts(): void {
  latest++
  useAlerts.setState(EMPTY)
}
