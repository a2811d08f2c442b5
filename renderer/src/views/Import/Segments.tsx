import { SegmentedControl } from '@mantine/core'
import type { ReactNode } from 'react'

type SegmentProps = Readonly<{
  label: string
  value: string
  isFixed: boolean
  data: { value: string; label: string }[]
  onChange: (value: string) => void
}>

/** A setting with few values, side by side. */
export function Segments({ label, value, isFixed, data, onChange }: SegmentProps): ReactNode {
  return (
    <div>
      <p className="board-settings__label">{label}</p>
      <SegmentedControl
        aria-label={label}
        size="xs"
        fullWidth
        transitionDuration={0}
        disabled={isFixed}
        data={data}
        value={value}
        onChange={onChange}
      />
    </div>
  )
}
