import type { ReactNode } from 'react'

type Props = Readonly<{ value: number; low: number; high: number }>

const WIDTH = 240

/** A share with its interval, on the axis from 0 to 1; the words beside it say the same. */
export function IntervalLine({ value, low, high }: Props): ReactNode {
  const x = (share: number): number => 4 + share * (WIDTH - 8)
  return (
    <svg width={WIDTH} height="20" aria-hidden className="interval-line">
      <line x1={x(0)} x2={x(1)} y1="10" y2="10" className="interval-line__axis" />
      <line x1={x(low)} x2={x(high)} y1="10" y2="10" className="interval-line__span" />
      <circle cx={x(value)} cy="10" r="4" className="interval-line__value" />
    </svg>
  )
}
