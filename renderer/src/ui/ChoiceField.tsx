import type { ReactNode } from 'react'

type Props<Value extends string> = Readonly<{
  label: string
  value: Value
  choices: readonly Readonly<{ value: Value; label: string; means?: string }>[]
  onChange: (value: Value) => void
}>

/** A choice among few. */
export function ChoiceField<Value extends string>({ label, value, choices, onChange }: Props<Value>): ReactNode {
  return (
    <select
      className="choice-field"
      aria-label={label}
      title={choices.find(choice => choice.value === value)?.means}
      value={value}
      onChange={event => {
        const chosen = choices.find(choice => choice.value === event.currentTarget.value)
        if (chosen !== undefined) onChange(chosen.value)
      }}
    >
      {choices.map(choice => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  )
}
