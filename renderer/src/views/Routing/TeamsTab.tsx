import { Button } from '@mantine/core'
import { Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { POOL_TEAMS, type PoolTeam } from '#schema/policy'
import { editPolicy, policyOf, useRouting } from '../../state/routing-draft.ts'
import { addRep, changeOverflow, repsOf, teamNamed } from '../../state/routing-reps.ts'
import type { Policy } from '../../state/routing-rules.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { RepRow } from './RepRow.tsx'

/** People of the pools with their room per week, and which pool helps which. Edited with the rules, saved with them. */
export function TeamsTab(): ReactNode {
  const policy = useRouting(policyOf)
  if (policy === null) return null
  return (
    <div className="routing-settings routing-settings--wide scroll">
      <People policy={policy} />
      <Overflow policy={policy} />
    </div>
  )
}

type PartProps = Readonly<{ policy: Policy }>

function People({ policy }: PartProps): ReactNode {
  const { client } = useServices()
  const reps = repsOf(policy)
  return (
    <section aria-labelledby="people-title">
      <div className="routing-settings__head">
        <h2 id="people-title" className="section-title">
          People of the pools{' '}
          <span className="muted">beside those of the imported CRM users; the same owner id goes before</span>
        </h2>
        <div className="screen__spacer" />
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Plus size={14} aria-hidden />}
          onClick={() => perform(editPolicy(client, addRep))}
        >
          Add a person
        </Button>
      </div>
      {reps.length === 0 ? (
        <EmptyState title="The pools are made of the imported CRM users">
          Add a person to give somebody a team and a weekly capacity of their own.
        </EmptyState>
      ) : (
        <table className="plain-table settings-table reps-table" aria-label="People of the pools">
          <thead>
            <tr>
              <th scope="col">Owner id</th>
              <th scope="col">Name</th>
              <th scope="col">Email</th>
              <th scope="col">Team</th>
              <th scope="col">Territory</th>
              <th scope="col">Per week</th>
              <th scope="col">
                <span className="unseen">Remove</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {reps.map((rep, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the id is edited in its row
              <RepRow key={place} rep={rep} place={place} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Overflow({ policy }: PartProps): ReactNode {
  return (
    <section aria-labelledby="overflow-title">
      <h2 id="overflow-title" className="section-title">
        Overflow <span className="muted">who takes what a pool has no room for this week</span>
      </h2>
      <dl className="settings-list">
        {POOL_TEAMS.map(team => (
          <OverflowLine key={team} team={team} to={policy.overflow?.[team] ?? null} />
        ))}
      </dl>
    </section>
  )
}

function OverflowLine({ team, to }: Readonly<{ team: PoolTeam; to: PoolTeam | null }>): ReactNode {
  const { client } = useServices()
  return (
    <div className="settings-list__line">
      <dt>{team} pool</dt>
      <dd>
        <select
          className="choice-field"
          aria-label={`Overflow of the ${team} pool`}
          value={to ?? ''}
          onChange={event => {
            const chosen = teamNamed(event.currentTarget.value)
            perform(editPolicy(client, policy => changeOverflow(policy, team, chosen)))
          }}
        >
          <option value="">Nobody: it waits, marked over capacity</option>
          {POOL_TEAMS.filter(other => other !== team).map(other => (
            <option key={other} value={other}>
              The {other} pool
            </option>
          ))}
        </select>
      </dd>
    </div>
  )
}
