import { type ReactNode, useState } from 'react'

type Props = Readonly<{
  label: string
  /** Null: nothing is set. */
  value: number | null
  step: number
  isDisabled?: boolean
  onChange: (value: number) => void
  /** The field was left empty. */
  onClear: () => void
  onDone: () => void
}>

/** A figure that is typed; every figure on the way counts at once. Left empty, it is taken back. */
export function NumberField({ label, value, step, isDisabled = false, onChange, onClear, onDone }: Props): ReactNode {
  const [draft, setDraft] = useState<string | null>(null)
  return (
    <input
      type="number"
      className="number-field"
      aria-label={label}
      step={step}
      disabled={isDisabled}
      placeholder="none"
      value={draft ?? (value === null ? '' : String(value))}
      onChange={event => {
        const text = event.currentTarget.value
        setDraft(text)
        const figure = Number(text)
        if (text.trim() !== '' && Number.isFinite(figure)) onChange(figure)
      }}
      onKeyUp={onDone}
      onPointerUp={onDone}
      onBlur={() => {
        if (draft?.trim() === '') onClear()
        setDraft(null)
        onDone()
      }}
    />
  )
}
