import { ShieldCheck } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { go } from '../../state/navigation.ts'
import { useProject } from '../../state/project.ts'
import {
  loadRoutedAnomalies,
  type RoutedAnomalies,
  showOpenOnly,
  useRoutedAnomalies,
} from '../../state/routing-anomalies.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { count, counted } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { AnomalyLine } from './AnomalyLine.tsx'

/** What sends workspaces to review: each burst, loop or crowd of sign-ups with its figures, to be dismissed or confirmed. */
export function AnomaliesTab(): ReactNode {
  const { client } = useServices()
  const status = useRoutedAnomalies(state => state.status)
  const found = useRoutedAnomalies(state => state.found)
  const runId = useProject(state => state.summary?.scoreRun?.runId ?? null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: other scores have other anomalies
  useEffect(() => perform(loadRoutedAnomalies(client)), [client, runId])
  if (status === 'failed')
    return <Retry title="The anomalies cannot be shown" again={() => loadRoutedAnomalies(client)} />
  if (found === null) return <SkeletonRows rows={8} label="The anomalies are being found" />
  if (found.total === 0)
    return (
      <EmptyState icon={<ShieldCheck size={24} strokeWidth={1.5} />} title="Nothing unusual in these scores">
        A day with five times the usual activity, one user in a loop, or a hundred sign-ups from one network in a minute
        would be listed here, and its workspaces would wait for a look before anybody calls.
      </EmptyState>
    )
  return (
    <div className="rules-tab">
      <Bar found={found} />
      <Table found={found} />
    </div>
  )
}

type Props = Readonly<{ found: RoutedAnomalies }>

function Bar({ found }: Props): ReactNode {
  const isOpenOnly = useRoutedAnomalies(state => state.isOpenOnly)
  const open = found.anomalies.filter(({ isOpen }) => isOpen).length
  return (
    <div className="filter-bar rules-tab__bar" role="toolbar" aria-label="Anomalies">
      <button
        type="button"
        className={isOpenOnly ? 'plain chip is-on' : 'plain chip'}
        aria-pressed={isOpenOnly}
        onClick={() => showOpenOnly(!isOpenOnly)}
      >
        Open <span className="chip__count">{count(open)}</span>
      </button>
      <span className="muted clip">
        Open for {counted(found.anomalyDays, 'day')}: routing waits. A dismissed one is no reason to wait; the decision
        lasts over imports.
      </span>
      <div className="screen__spacer" />
      <button type="button" className="plain text-button" onClick={() => go('health')}>
        All checks in Data health
      </button>
    </div>
  )
}

function Table({ found }: Props): ReactNode {
  const isOpenOnly = useRoutedAnomalies(state => state.isOpenOnly)
  const shown = isOpenOnly ? found.anomalies.filter(({ isOpen }) => isOpen) : found.anomalies
  return (
    <div className="rules-tab__body scroll">
      <table className="data-table routed-anomalies" aria-label="Anomalies of the routed workspaces">
        <thead>
          <tr>
            <th scope="col">Evidence</th>
            <th scope="col">Workspaces</th>
            <th scope="col">Last</th>
            <th scope="col">Decision</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(anomaly => (
            <AnomalyLine key={anomaly.id} anomaly={anomaly} />
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <EmptyState title="No anomaly is open">Everything was decided, or is older.</EmptyState>}
      {found.total > found.anomalies.length && (
        <p className="muted routed-anomalies__rest">
          {counted(found.total - found.anomalies.length, 'older one')} not shown.
        </p>
      )}
    </div>
  )
}
