import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { POOL_TEAMS } from '#schema/policy'
import { editPolicy } from '../../state/routing-draft.ts'
import { changeRep, dropRep, type Rep } from '../../state/routing-reps.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { useIssue } from './use-issue.ts'

type Props = Readonly<{ rep: Rep; place: number }>

/** One person of a pool, every cell a field. */
export function RepRow({ rep, place }: Props): ReactNode {
  const { client } = useServices()
  const issue = useIssue(`reps.${place}`)
  const change = (to: Partial<Rep>, field: string): void =>
    perform(editPolicy(client, policy => changeRep(policy, place, to), `rep ${place} ${field}`))
  const who = rep.name ?? rep.owner_id
  const text = (field: 'name' | 'email' | 'territory', label: string): ReactNode => (
    <td>
      <TextField
        label={`${label} of ${who}`}
        value={rep[field]}
        onChange={value => change({ [field]: value }, field)}
      />
    </td>
  )
  return (
    <tr>
      <td>
        <TextField
          label={`Owner id of ${who}`}
          value={rep.owner_id}
          onChange={value => change({ owner_id: value ?? '' }, 'id')}
        />
        {issue !== null && (
          <span className="test-fields__fault" role="alert">
            {rep.owner_id === '' ? 'A person needs the id of an owner.' : issue}
          </span>
        )}
      </td>
      {text('name', 'Name')}
      {text('email', 'Email')}
      <td>
        <TeamField who={who} team={rep.team} onChange={team => change({ team }, 'team')} />
      </td>
      {text('territory', 'Territory')}
      <td className="reps-table__capacity">
        <NumberField
          label={`Workspaces per week of ${who}`}
          value={rep.weekly_capacity}
          step={1}
          onChange={value => change({ weekly_capacity: value }, 'capacity')}
          onClear={() => change({ weekly_capacity: null }, 'capacity')}
          onDone={() => undefined}
        />
      </td>
      <td className="reps-table__drop">
        <button
          type="button"
          className="plain test-fields__drop"
          aria-label={`Remove ${who}`}
          onClick={() => perform(editPolicy(client, policy => dropRep(policy, place)))}
        >
          <X size={12} aria-hidden />
        </button>
      </td>
    </tr>
  )
}

type TeamProps = Readonly<{ who: string; team: string; onChange: (team: string) => void }>

function TeamField({ who, team, onChange }: TeamProps): ReactNode {
  return (
    <select
      className="choice-field"
      aria-label={`Team of ${who}`}
      value={team}
      onChange={event => onChange(event.currentTarget.value)}
    >
      {[...new Set<string>([...POOL_TEAMS, team])].map(known => (
        <option key={known}>{known}</option>
      ))}
    </select>
  )
}

type FieldProps = Readonly<{ label: string; value: string | null; onChange: (value: string | null) => void }>

/** Left empty, it says nothing. */
function TextField({ label, value, onChange }: FieldProps): ReactNode {
  return (
    <input
      className="choice-field"
      aria-label={label}
      placeholder="none"
      value={value ?? ''}
      onChange={event => onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
    />
  )
}
