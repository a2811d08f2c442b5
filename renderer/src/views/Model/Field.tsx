import type { ReactNode } from 'react'
import { NumberField } from '../../ui/NumberField.tsx'

type Props = Readonly<{ label: string; means?: string; isChanged?: boolean; children: ReactNode }>

/** A name, and what is set beside it. */
export function Field({ label, means, isChanged = false, children }: Props): ReactNode {
  return (
    <div className={isChanged ? 'model-field is-changed' : 'model-field'}>
      <span className="model-field__label" title={means}>
        {label}
      </span>
      <div className="model-field__value">{children}</div>
    </div>
  )
}

type FigureProps = Readonly<{
  label: string
  value: number | null
  step?: number
  suffix?: string
  isDisabled?: boolean
  onChange: (value: number) => void
  /** Where it may be left empty. */
  onClear?: () => void
}>

const nothing = (): void => undefined

/** A figure with its unit. */
export function Figure({ label, value, step = 1, suffix, isDisabled, onChange, onClear }: FigureProps): ReactNode {
  return (
    <span className="model-figure">
      <NumberField
        label={label}
        value={value}
        step={step}
        isDisabled={isDisabled ?? false}
        onChange={onChange}
        onClear={onClear ?? nothing}
        onDone={nothing}
      />
      {suffix !== undefined && <span className="muted">{suffix}</span>}
    </span>
  )
}
