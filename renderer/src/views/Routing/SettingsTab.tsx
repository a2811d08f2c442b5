import { Switch } from '@mantine/core'
import type { ReactNode } from 'react'
import { go } from '../../state/navigation.ts'
import { editPolicy, policyOf, useRouting } from '../../state/routing-draft.ts'
import type { Policy } from '../../state/routing-rules.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { channelOf } from '../words.ts'
import { Sequences } from './Sequences.tsx'
import { useIssue } from './use-issue.ts'

/** What stops a channel, and the sequence that each channel's list starts. Edited with the rules, saved with them. */
export function SettingsTab(): ReactNode {
  const policy = useRouting(policyOf)
  if (policy === null) return null
  return (
    <div className="routing-settings scroll">
      <Suppressions policy={policy} />
      <Thresholds policy={policy} />
      <Sequences policy={policy} />
    </div>
  )
}

type PartProps = Readonly<{ policy: Policy }>
/** The setting that says how long a reason lasts; none: it is as the data say. */
const WINDOWS: Readonly<Record<string, 'disqualifiedWithinDays' | 'contactedWithinDays'>> = {
  disqualified: 'disqualifiedWithinDays',
  contacted: 'contactedWithinDays',
}

const MEANS: Readonly<Record<string, string>> = {
  opted_out: 'Everybody to be addressed opted out, or every contact of the workspace did.',
  open_deal: 'A deal of the account is open.',
  disqualified: 'A contact was disqualified within so many days.',
  contacted: 'A contact was contacted within so many days.',
  worked_by_owner: 'Somebody other than the owner of the account works it or one of its contacts.',
  has_csm: 'A success manager owns the customer, so that sales stay away.',
}

function Suppressions({ policy }: PartProps): ReactNode {
  const suppressions = useRouting(state => state.inForce?.suppressions ?? null)
  return (
    <section aria-labelledby="suppressions-title">
      <h2 id="suppressions-title" className="section-title">
        Suppressions <span className="muted">stop a channel, not the score</span>
      </h2>
      <table className="plain-table settings-table" aria-label="Suppressions">
        <thead>
          <tr>
            <th scope="col">Reason</th>
            <th scope="col">Stops</th>
            <th scope="col">Setting</th>
          </tr>
        </thead>
        <tbody>
          {(suppressions ?? []).map(({ reason, title, stops }) => (
            <tr key={reason}>
              <th scope="row">
                <span className="two-lines">
                  <span>{title}</span>
                  <span className="muted">{MEANS[reason] ?? ''}</span>
                </span>
              </th>
              <td className="soft">{stops.map(id => channelOf(id).label).join(' · ')}</td>
              <td>
                <Setting reason={reason} policy={policy} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Setting({ reason, policy }: PartProps & Readonly<{ reason: string }>): ReactNode {
  const { client } = useServices()
  const key = WINDOWS[reason]
  const change = (to: Partial<Policy['suppress']>, field: string): void =>
    perform(editPolicy(client, before => ({ ...before, suppress: { ...before.suppress, ...to } }), field))
  if (reason === 'has_csm')
    return (
      <Switch
        size="xs"
        label={policy.suppress.customersWithCsm === true ? 'On' : 'Off'}
        aria-label="Leave customers with a success manager alone"
        checked={policy.suppress.customersWithCsm === true}
        onChange={event => change({ customersWithCsm: event.currentTarget.checked }, 'csm')}
      />
    )
  if (key === undefined) return <span className="muted">always</span>
  return (
    <Days
      label={`Days of ${reason}`}
      path={`suppress.${key}`}
      value={policy.suppress[key]}
      onChange={value => change({ [key]: value }, key)}
    />
  )
}

type DaysProps = Readonly<{
  label: string
  path: string
  value: number
  unit?: string
  onChange: (value: number) => void
}>

function Days({ label, path, value, unit = 'days', onChange }: DaysProps): ReactNode {
  const issue = useIssue(path)
  return (
    <span className="figure-field">
      <NumberField
        label={label}
        value={value}
        step={1}
        onChange={onChange}
        onClear={() => undefined}
        onDone={() => undefined}
      />
      <span className={issue === null ? 'muted' : 'test-fields__fault'}>{issue ?? unit}</span>
    </span>
  )
}

function Thresholds({ policy }: PartProps): ReactNode {
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
          <Days
            label="Days of an anomaly"
            path="anomalyDays"
            value={policy.anomalyDays}
            onChange={anomalyDays => change({ anomalyDays }, 'anomalyDays')}
          />
          <button type="button" className="plain text-button settings-list__beside" onClick={() => go('health')}>
            Decide about anomalies in Data health
          </button>
        </dd>
        <dt>Account executives work customers from</dt>
        <dd>
          <Days
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
