import type { ReactNode } from 'react'
import { editPolicy } from '../../state/routing-draft.ts'
import type { Policy } from '../../state/routing-rules.ts'
import { setRoutingView } from '../../state/routing-view.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { DaysField } from './DaysField.tsx'

/** How long an anomaly is open, and from which size on account executives work customers. */
export function Windows({ policy }: Readonly<{ policy: Policy }>): ReactNode {
  const { client } = useServices()
  const change = (to: Partial<Policy>, field: string): void =>
    perform(editPolicy(client, before => ({ ...before, ...to }), field))
  return (
    <section aria-labelledby="windows-title">
      <h2 id="windows-title" className="section-title">
        Windows and teams
      </h2>
      <dl className="settings-list">
        <dt>An open anomaly counts for</dt>
        <dd>
          <DaysField
            label="Days of an anomaly"
            path="anomalyDays"
            value={policy.anomalyDays}
            onChange={anomalyDays => change({ anomalyDays }, 'anomalyDays')}
          />
          <button
            type="button"
            className="plain text-button settings-list__beside"
            onClick={() => setRoutingView({ tab: 'anomalies' })}
          >
            Decide about anomalies
          </button>
        </dd>
        <dt>Account executives work customers from</dt>
        <dd>
          <DaysField
            label="Employees from which account executives work"
            path="aeFromEmployees"
            value={policy.aeFromEmployees}
            unit="employees"
            onChange={aeFromEmployees => change({ aeFromEmployees }, 'aeFromEmployees')}
          />
        </dd>
      </dl>
    </section>
  )
}
