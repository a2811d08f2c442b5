import type { ReactNode } from 'react'
import { NumberField } from '../../ui/NumberField.tsx'
import { useIssue } from './use-issue.ts'

type Props = Readonly<{
  label: string
  /** Of the field in the policy: what is wrong with it is told here. */
  path: string
  value: number
  unit?: string
  onChange: (value: number) => void
}>

/** A whole number of days, or of something else, that the policy holds. */
export function DaysField({ label, path, value, unit = 'days', onChange }: Props): ReactNode {
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
