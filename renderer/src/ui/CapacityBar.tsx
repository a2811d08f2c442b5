import type { ReactNode } from 'react'

type Props = Readonly<{
  value: number
  /** The same before the change, as a tick. */
  base: number
  capacity: number | null
  /** What the whole width stands for. */
  most: number
  color: string
}>

const WIDTH = 160
const HEIGHT = 16

/** A bar against the most that can be worked; what goes beyond is set apart. The figures stand beside it. */
export function CapacityBar({ value, base, capacity, most, color }: Props): ReactNode {
  const x = (figure: number): number => (most === 0 ? 0 : (figure / most) * (WIDTH - 2))
  const within = Math.min(value, capacity ?? value)
  return (
    <svg className="capacity-bar" width={WIDTH} height={HEIGHT} aria-hidden>
      <line className="capacity-bar__ground" x1={0} x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} />
      {value > 0 && <rect x={0} y={4} width={Math.max(1.5, x(within))} height={8} rx="1" fill={color} />}
      {value > within && (
        <rect className="capacity-bar__over" x={x(within)} y={4} width={Math.max(1.5, x(value - within))} height={8} />
      )}
      {base !== value && <line className="capacity-bar__base" x1={x(base)} x2={x(base)} y1={2} y2={14} />}
      {capacity !== null && (
        <line className="capacity-bar__end" x1={x(capacity) + 0.5} x2={x(capacity) + 0.5} y1={0} y2={HEIGHT} />
      )}
    </svg>
  )
}
