import { BellRing } from 'lucide-react'
import { type ReactNode, useEffect, useMemo } from 'react'
import { useProject } from '../../state/project.ts'
import { type Alert, loadAlerts, setAlertView, shownAlerts, useAlerts } from '../../state/routing-alerts.ts'
import { policyOf, useRouting } from '../../state/routing-draft.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { counted, date } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { type GridColumn, VirtualTable } from '../../ui/VirtualTable.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { AlertBar } from './AlertBar.tsx'
import { AlertPanel } from './AlertPanel.tsx'
import { alertWords } from './alert-words.ts'

/** What owners and territories should hear of: somebody new, an account that passes the ICP check, a new PQL. */
export function AlertsTab(): ReactNode {
  const { client } = useServices()
  const status = useAlerts(state => state.status)
  const days = useRouting(state => policyOf(state)?.alertDays)
  const runId = useProject(state => state.summary?.scoreRun?.runId ?? null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: other scores have other alerts
  useEffect(() => perform(loadAlerts(client, days)), [client, days, runId])
  if (status === 'failed') return <Retry title="The alerts cannot be shown" again={() => loadAlerts(client, days)} />
  if (status !== 'ready') return <SkeletonRows rows={12} label="The alerts are being found" />
  return <Alerts />
}

function Alerts(): ReactNode {
  const alerts = useAlerts(state => state.alerts)
  const kind = useAlerts(state => state.kind)
  const owner = useAlerts(state => state.owner)
  const isUnseenOnly = useAlerts(state => state.isUnseenOnly)
  const openId = useAlerts(state => state.openId)
  const shown = useMemo(() => shownAlerts({ alerts, kind, owner, isUnseenOnly }), [alerts, kind, owner, isUnseenOnly])
  const open = alerts.find(({ alertId }) => alertId === openId)
  return (
    <div className="pools-tab">
      <div className="pools-tab__main">
        <AlertBar shown={shown} />
        {shown.length === 0 ? <NoAlerts all={alerts.length} /> : <AlertTable shown={shown} openId={openId} />}
      </div>
      {open !== undefined && <AlertPanel alert={open} />}
    </div>
  )
}

function NoAlerts({ all }: Readonly<{ all: number }>): ReactNode {
  const days = useAlerts(state => state.days) ?? 0
  return all > 0 ? (
    <EmptyState title="No alert is left by these filters">
      {counted(all, 'alert is', 'alerts are')} there without them.
    </EmptyState>
  ) : (
    <EmptyState icon={<BellRing size={24} strokeWidth={1.5} />} title={`Nothing new in ${counted(days, 'day')}`}>
      Owners hear here of somebody new at a strategic account, of a new account of tier A or B, and of a workspace that
      became a PQL since the scores before. The same goes into alerts.csv of each export to a CRM.
    </EmptyState>
  )
}

const COLUMNS: readonly GridColumn[] = [
  { id: 'kind', header: 'Alert', width: '148px', isSortable: false },
  { id: 'text', header: 'What', width: 'minmax(180px, 1fr)', isSortable: false },
  {
    id: 'owner',
    header: 'For',
    means: 'The owner of the account, else of the workspace.',
    width: '148px',
    isSortable: false,
  },
  { id: 'territory', header: 'Territory', width: '112px', isSortable: false },
  { id: 'at', header: 'Day', width: '96px', isSortable: false },
]

type TableProps = Readonly<{ shown: readonly Alert[]; openId: string | null }>

function AlertTable({ shown, openId }: TableProps): ReactNode {
  const open = (place: number): void => setAlertView({ openId: shown[place]?.alertId ?? null })
  return (
    <div className="alerts-table">
      <VirtualTable
        label="Alerts"
        columns={COLUMNS}
        count={shown.length}
        rowHeight={32}
        sort={null}
        onSort={() => undefined}
        active={shown.findIndex(({ alertId }) => alertId === openId)}
        onActive={open}
        onOpen={open}
        onVisible={ignore}
        cellsOf={place => {
          const alert = shown[place]
          return alert === undefined ? null : cellsOf(alert)
        }}
      />
    </div>
  )
}

/** All alerts are at hand. */
const ignore = (): void => undefined

function cellsOf(alert: Alert): readonly ReactNode[] {
  const { label, icon: Icon } = alertWords(alert.kind)
  const isSeen = alert.seenAt !== null
  return [
    <span key="kind" className={isSeen ? 'with-mark muted' : 'with-mark alert-new'}>
      <Icon size={14} strokeWidth={1.75} aria-hidden />
      <span className="clip">{label}</span>
    </span>,
    <span key="text" className={isSeen ? 'clip muted' : 'clip'} title={alert.text}>
      {alert.text}
      {isSeen && <span className="unseen">, seen</span>}
    </span>,
    <span key="owner" className="clip soft">
      {alert.ownerName ?? alert.owner ?? <span className="muted">nobody</span>}
    </span>,
    <span key="territory" className="clip soft">
      {alert.territory ?? <span className="muted">none</span>}
    </span>,
    <span key="at" className="soft">
      {date(Date.parse(alert.at))}
    </span>,
  ]
}
