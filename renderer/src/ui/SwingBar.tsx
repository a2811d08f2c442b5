import type { ReactNode } from 'react'

type Props = Readonly<{
  /** Counts at the lower and at the higher value of a parameter, and as it is. */
  low: number
  high: number
  base: number
  /** The largest difference from `base` of all bars. */
  most: number
}>

const WIDTH = 260
const HEIGHT = 14

/** Two bars from one middle line: where a figure goes when a parameter is lower, and when it is higher. */
export function SwingBar({ low, high, base, most }: Props): ReactNode {
  const x = (value: number): number => WIDTH / 2 + ((value - base) / Math.max(1, most)) * (WIDTH / 2 - 2)
  return (
    <svg className="swing-bar" width={WIDTH} height={HEIGHT} aria-hidden>
      <Part from={x(base)} to={x(low)} className="swing-bar__low" />
      <Part from={x(base)} to={x(high)} className="swing-bar__high" />
      <line className="swing-bar__base" x1={WIDTH / 2} x2={WIDTH / 2} y1={0} y2={HEIGHT} />
    </svg>
  )
}

function Part({ from, to, className }: Readonly<{ from: number; to: number; className: string }>): ReactNode {
  if (from === to) return null
  const isHigh = className === 'swing-bar__high'
  return (
    <rect
      className={className}
      x={Math.min(from, to)}
      width={Math.max(1.5, Math.abs(to - from))}
      y={isHigh ? 7.5 : 2}
      height={4.5}
    />
  )
}
