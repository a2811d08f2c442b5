import { Switch, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { type CrmOptions, placeOf, setCrmOptions, setPlace, useCrmExport } from '../../state/export-crm.ts'
import { NumberField } from '../../ui/NumberField.tsx'

/** How the files are written, in plain words; only what the chosen CRMs have. */
export function CrmOptionFields(): ReactNode {
  const chosen = useCrmExport(state => state.chosen)
  const options = useCrmExport(state => state.options)
  const hasDeals = chosen.includes('hubspot') || chosen.includes('attio')
  return (
    <section aria-labelledby="options-title" className="crm-options">
      <h2 id="options-title" className="section-title">
        Options
      </h2>
      <Repeats options={options} />
      <Places />
      {chosen.includes('salesforce') && (
        <>
          <Choice
            label="New people become"
            value={options.leadsAs}
            choices={{ lead: 'Leads', contact: 'Contacts of an account' }}
            onChange={leadsAs => setCrmOptions({ leadsAs })}
          />
          <Words id="leadStatus" label="Status of a new lead" value={options.leadStatus} />
        </>
      )}
      {chosen.includes('hubspot') && <Words id="pipeline" label="Pipeline of deals" value={options.pipeline} />}
      {hasDeals && <Words id="dealStage" label="Stage of new deals" value={options.dealStage} />}
    </section>
  )
}

const PLACES = { object: 'An object of its own', company: 'Its company', contact: 'Its contacts' } as const

/** Where the fields of a workspace go, for each CRM that leaves a choice. */
function Places(): ReactNode {
  const presets = useCrmExport(state => state.presets)
  const chosen = useCrmExport(state => state.chosen)
  const places = useCrmExport(state => state.places)
  const open = presets.filter(({ preset, workspaceAs }) => chosen.includes(preset) && workspaceAs !== null)
  return open.map(({ preset, title }) => (
    <Choice
      key={preset}
      label={open.length > 1 ? `${title}: fields of a workspace go to` : 'Fields of a workspace go to'}
      value={placeOf({ presets, places }, preset) ?? 'object'}
      choices={PLACES}
      onChange={workspaceAs => setPlace(preset, workspaceAs)}
    />
  ))
}

function Repeats({ options }: Readonly<{ options: CrmOptions }>): ReactNode {
  return (
    <>
      <Switch
        size="xs"
        label="Only what changed"
        description="Since the last export to the same CRM."
        checked={options.delta}
        onChange={event => setCrmOptions({ delta: event.currentTarget.checked })}
      />
      <Switch
        size="xs"
        label="Tasks, deals and notes again"
        description="Those handed over before too. Importing them a second time doubles them."
        checked={options.again}
        onChange={event => setCrmOptions({ again: event.currentTarget.checked })}
      />
      <div className="crm-options__line">
        <span title="Nobody gets a second task for a workspace within so many days.">Cool-down of tasks</span>
        <span className="figure-field">
          <NumberField
            label="Days without a second task"
            value={options.coolDownDays}
            step={1}
            onChange={days => setCrmOptions({ coolDownDays: Math.max(0, Math.min(3650, Math.round(days))) })}
            onClear={() => setCrmOptions({ coolDownDays: 0 })}
            onDone={() => undefined}
          />
          <span className="muted">days</span>
        </span>
      </div>
    </>
  )
}

type ChoiceProps<T extends string> = Readonly<{
  label: string
  value: T
  choices: Readonly<Record<T, string>>
  onChange: (value: T) => void
}>

function Choice<T extends string>({ label, value, choices, onChange }: ChoiceProps<T>): ReactNode {
  return (
    <label className="crm-options__field">
      <span>{label}</span>
      <select
        className="choice-field"
        value={value}
        // the options are the keys of the choices
        onChange={event => onChange(event.currentTarget.value as T)}
      >
        {Object.entries<string>(choices).map(([id, text]) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}

type WordsProps = Readonly<{ id: 'pipeline' | 'dealStage' | 'leadStatus'; label: string; value: string }>

/** A name as the CRM has it; an empty one would be refused. */
function Words({ id, label, value }: WordsProps): ReactNode {
  return (
    <TextInput
      label={label}
      value={value}
      maxLength={200}
      error={value.trim() === '' ? 'The name that it has in the CRM.' : undefined}
      onChange={event => setCrmOptions({ [id]: event.currentTarget.value })}
    />
  )
}
