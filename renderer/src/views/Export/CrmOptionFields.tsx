import { Switch, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { type CrmOptions, setCrmOptions, useCrmExport } from '../../state/export-crm.ts'
import { NumberField } from '../../ui/NumberField.tsx'

/** How the files are written, in plain words; only what the chosen CRM has. */
export function CrmOptionFields(): ReactNode {
  const preset = useCrmExport(state => state.preset)
  const options = useCrmExport(state => state.options)
  const hasPlaces = useCrmExport(state => state.presets.some(one => one.preset === preset && one.workspaceAs !== null))
  return (
    <section aria-labelledby="options-title" className="crm-options">
      <h2 id="options-title" className="section-title">
        Options
      </h2>
      <Repeats options={options} />
      {hasPlaces && (
        <Choice
          label="Fields of a workspace go to"
          value={options.workspaceAs}
          choices={{ object: 'An object of its own', company: 'Its company', contact: 'Its contacts' }}
          onChange={workspaceAs => setCrmOptions({ workspaceAs })}
        />
      )}
      {preset === 'salesforce' && (
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
      {preset === 'hubspot' && (
        <>
          <Words id="pipeline" label="Pipeline of deals" value={options.pipeline} />
          <Words id="dealStage" label="Stage of new deals" value={options.dealStage} />
        </>
      )}
    </section>
  )
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
