import { X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { editIcp, type FitRule, fitOf, useIcp } from '../../state/routing-icp.ts'
import { changeFitRule, dropFitRule, ICP_COMPARISONS, typedValue, valueTextOf } from '../../state/routing-icp-rules.ts'
import { ChoiceField } from '../../ui/ChoiceField.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { count, words } from '../../ui/format.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

const NO_RULES: readonly FitRule[] = []

/** The rules, every cell a field; beside each one how many accounts it holds for. */
export function IcpRules(): ReactNode {
  const rules = useIcp(state => fitOf(state)?.rules ?? NO_RULES)
  if (rules.length === 0)
    return (
      <EmptyState title="No ICP rules">
        Where the CRM gives an account no score and no tier, its fit is unknown and earns no points. A rule such as
        “employee count at least 200” gives such accounts points, and with them a tier.
      </EmptyState>
    )
  return (
    <table className="plain-table settings-table icp-table" aria-label="ICP rules">
      <thead>
        <tr>
          <th scope="col">#</th>
          <th scope="col">Field of the account</th>
          <th scope="col">Comparison</th>
          <th scope="col">Value</th>
          <th scope="col">Points</th>
          <th
            scope="col"
            className="number"
            title="Accounts that it holds for, of those that have the field. What the CRM gave a score or tier is left out."
          >
            Holds for
          </th>
          <th scope="col">
            <span className="unseen">Remove</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rules.map((rule, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rules have no identity but their place
          <RuleLine key={place} rule={rule} place={place} />
        ))}
      </tbody>
    </table>
  )
}

type LineProps = Readonly<{ rule: FitRule; place: number }>

function RuleLine({ rule, place }: LineProps): ReactNode {
  const { client } = useServices()
  const change = (to: Partial<FitRule>, field: string): void =>
    perform(editIcp(client, fit => changeFitRule(fit, place, to), `rule ${place} ${field}`))
  const name = `rule ${place + 1}`
  return (
    <tr>
      <td className="muted">{place + 1}</td>
      <td>
        <FieldChoice name={name} field={rule.field} onChange={field => change({ field }, 'field')} />
      </td>
      <td>
        <ChoiceField
          label={`Comparison of ${name}`}
          value={rule.op}
          choices={ICP_COMPARISONS}
          onChange={op => change({ op }, 'op')}
        />
      </td>
      <td>
        {rule.op === 'known' ? (
          <span className="muted">whatever it is</span>
        ) : (
          <ValueField name={name} rule={rule} onChange={value => change({ value }, 'value')} />
        )}
      </td>
      <td className="icp-table__points">
        <NumberField
          label={`Points of ${name}`}
          value={rule.points}
          step={5}
          onChange={points => change({ points }, 'points')}
          onClear={() => undefined}
          onDone={() => undefined}
        />
      </td>
      <td className="number">
        <Reach place={place} />
      </td>
      <td className="reps-table__drop">
        <button
          type="button"
          className="plain test-fields__drop"
          aria-label={`Remove ${name}`}
          onClick={() => perform(editIcp(client, fit => dropFitRule(fit, place)))}
        >
          <X size={12} aria-hidden />
        </button>
      </td>
    </tr>
  )
}

function FieldChoice({
  name,
  field,
  onChange,
}: Readonly<{ name: string; field: string; onChange: (field: string) => void }>): ReactNode {
  const known = useIcp(state => state.inForce?.fields ?? NO_FIELDS)
  const fields = known.includes(field) ? known : [field, ...known]
  return (
    <ChoiceField
      label={`Field of ${name}`}
      value={field}
      choices={fields.map(value => ({ value, label: words(value) }))}
      onChange={onChange}
    />
  )
}

const NO_FIELDS: readonly string[] = []

type ValueProps = Readonly<{ name: string; rule: FitRule; onChange: (value: FitRule['value']) => void }>

/** While it is typed, the text stays as it is typed: `saas,` is on its way to a list. */
function ValueField({ name, rule, onChange }: ValueProps): ReactNode {
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <input
      className="choice-field icp-table__value"
      aria-label={`Value of ${name}`}
      placeholder={rule.op === 'in' ? 'saas, fintech' : 'none'}
      value={typed ?? valueTextOf(rule.value)}
      onChange={event => {
        setTyped(event.currentTarget.value)
        onChange(typedValue(event.currentTarget.value, rule.op) ?? '')
      }}
      onBlur={() => setTyped(null)}
    />
  )
}

function Reach({ place }: Readonly<{ place: number }>): ReactNode {
  const reach = useIcp(state => state.preview?.rules[place])
  const isOld = useIcp(state => state.isPreviewOld)
  if (reach === undefined) return <span className="muted">–</span>
  return (
    <span className={isOld ? 'muted' : undefined}>
      {count(reach.holds)} <span className="muted">of {count(reach.known)}</span>
    </span>
  )
}
