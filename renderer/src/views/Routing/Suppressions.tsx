import { Switch } from '@mantine/core'
import type { ReactNode } from 'react'
import { editPolicy, useRouting } from '../../state/routing-draft.ts'
import type { Policy } from '../../state/routing-rules.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { channelOf } from '../words.ts'
import { DaysField } from './DaysField.tsx'

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

/** What stops a channel, with the setting of each reason. */
export function Suppressions({ policy }: PartProps): ReactNode {
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
    <DaysField
      label={`Days of ${reason}`}
      path={`suppress.${key}`}
      value={policy.suppress[key]}
      onChange={value => change({ [key]: value }, key)}
    />
  )
}
