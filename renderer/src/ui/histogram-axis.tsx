import type { ReactNode } from 'react'
import type { Band } from './bands.ts'
import { tick } from './format.ts'

type Scale = (value: number) => number

type GridProps = Readonly<{ y: Scale; left: number; width: number; height: number }>

/** Lines at round figures of a histogram, far enough apart to be read. */
export function HistogramGrid({ y, left, width, height }: GridProps): ReactNode {
  return ticksOf(y, height).map(value => (
    <g key={value}>
      <line className="histogram__grid" x1={left} x2={width} y1={height - y(value)} y2={height - y(value)} />
      <text className="histogram__tick" x={left - 8} y={height - y(value) + 4} textAnchor="end">
        {tick(value)}
      </text>
    </g>
  ))
}

const TICKS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000]

function ticksOf(y: Scale, height: number): readonly number[] {
  const kept: number[] = []
  for (const value of TICKS.toReversed()) {
    const next = kept.at(-1)
    const isInside = y(value) <= height - 6 && y(value) >= 14
    if (isInside && (next === undefined || y(next) - y(value) >= 22)) kept.push(value)
  }
  return kept
}

type AxisProps = Readonly<{ x: Scale; bands: readonly Band[]; last: number; height: number; top?: number }>

/** The points below a histogram, its bands as a coloured edge, and where each of them begins. */
export function HistogramAxis({ x, bands, last, height, top = 4 }: AxisProps): ReactNode {
  const step = x(last) - x(0) < 360 ? 20 : 10
  return (
    <g>
      {bands.map((band, i) => {
        const from = x(band.from)
        const to = x(bands[i + 1]?.from ?? last + 1)
        return <rect key={band.id} x={from} y={height} width={Math.max(0, to - from)} height="2" fill={band.color} />
      })}
      {Array.from({ length: 100 / step + 1 }, (_, i) => i * step).map(value => (
        <text
          key={value}
          className="histogram__tick"
          x={x(value)}
          y={height + 16}
          textAnchor={value === 0 ? 'start' : value === 100 ? 'end' : 'middle'}
        >
          {value}
        </text>
      ))}
      {bands
        .filter(band => band.from > 0)
        .map(band => (
          <line
            key={band.id}
            className="histogram__threshold"
            x1={x(band.from)}
            x2={x(band.from)}
            y1={top}
            y2={height}
          />
        ))}
    </g>
  )
}
