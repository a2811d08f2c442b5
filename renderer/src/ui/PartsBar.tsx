import type { ReactNode } from 'react'
import { sum } from '#lib/num'

export type Part = Readonly<{ id: string; label: string; value: number; color: string }>
type Props = Readonly<{ parts: readonly Part[]; max: number; width: number; label: string }>

const HEIGHT = 6

/** A bar made of its parts, on a scale that all bars of a column share. What parts below 0 take away is struck off its end. */
export function PartsBar({ parts, max, width, label }: Props): ReactNode {
  let from = 0
  const shown = parts
    .filter(part => part.value > 0)
    .map(part => {
      const x = from
      from += part.value
      return { ...part, x: (x / max) * width, width: (part.value / max) * width }
    })
  const taken = parts.find(part => part.value < 0)
  const cost = Math.min(from, sum(parts.map(part => Math.max(0, -part.value))))
  const struck = { x: ((from - cost) / max) * width, width: (cost / max) * width }
  return (
    <svg className="parts-bar" width={width} height={HEIGHT} role="img" aria-label={label}>
      <rect width={width} height={HEIGHT} rx="1.5" fill="var(--ground-pressed)" />
      {shown.map(part => (
        <rect key={part.id} x={part.x} width={Math.max(0, part.width - 0.75)} height={HEIGHT} fill={part.color} />
      ))}
      {taken !== undefined && cost > 0 && (
        <g className="parts-bar__cost">
          <rect {...struck} height={HEIGHT} fill="var(--ground)" opacity={0.7} />
          <rect {...struck} y={HEIGHT / 2 - 1} height={2} fill={taken.color} />
        </g>
      )}
    </svg>
  )
}
