import { useElementSize } from '@mantine/hooks'
import { scaleLinear, scaleSqrt } from 'd3-scale'
import type { ReactNode } from 'react'
import { type Band, bandAt } from './bands.ts'
import { type Range, useBrush } from './brush.ts'
import { tick } from './format.ts'
import { HistogramHandles } from './HistogramHandles.tsx'
import { HistogramTable } from './HistogramTable.tsx'

type Props = Readonly<{
  /** One count per bin of width 1, from 0 on. */
  counts: ArrayLike<number>
  /** The same before filtering, drawn behind. */
  ghost: ArrayLike<number> | null
  bands: readonly Band[]
  range: Range | null
  onRange: (range: Range | null) => void
  label: string
  itemsName: string
}>

const HEIGHT = 112
const AXIS = 20
const LEFT = 36

/** Bars per point on a square-root axis, so that a crowd at the bottom does not hide the few at the top. */
export function Histogram(props: Props): ReactNode {
  const { counts, ghost, bands, range, onRange } = props
  const { ref, width: measured } = useElementSize<HTMLDivElement>()
  const width = Math.max(200, measured || 900)
  const bins = counts.length
  const last = bins - 1
  const x = scaleLinear([0, bins], [LEFT, width - 1])
  const top = Math.max(1, ...Array.from(ghost ?? counts), ...Array.from(counts))
  const y = scaleSqrt([0, top], [0, HEIGHT - 8])
  const brush = useBrush(px => Math.min(last, Math.max(0, x.invert(px))), onRange)
  const shown = brush.draft ?? range
  const isIn = (bin: number): boolean => shown === null || (bin >= shown[0] && (bin < shown[1] || shown[1] === last))
  const bar = Math.max(1, x(1) - x(0) - 1)
  return (
    <figure className="histogram" aria-label={props.label}>
      <div className="histogram__plot" ref={ref}>
        <svg width={width} height={HEIGHT + AXIS} aria-hidden className="histogram__svg" {...brush.handlers}>
          <Grid y={y} width={width} />
          {Array.from({ length: bins }, (_, bin) => {
            const all = y(ghost?.[bin] ?? 0)
            const some = y(counts[bin] ?? 0)
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
              <g key={bin}>
                {all > 0 && <rect className="histogram__ghost" x={x(bin)} y={HEIGHT - all} width={bar} height={all} />}
                {some > 0 && (
                  <rect
                    x={x(bin)}
                    y={HEIGHT - some}
                    width={bar}
                    height={some}
                    fill={bandAt(bands, bin).color}
                    opacity={isIn(bin) ? 1 : 0.22}
                  />
                )}
              </g>
            )
          })}
          {width >= 400 && (
            <text className="histogram__tick" x={width - 12} y={12} textAnchor="end">
              {props.label}, square-root axis
            </text>
          )}
          <Axis x={x} bands={bands} last={last} />
        </svg>
        <HistogramHandles x={x} range={shown ?? [0, last]} last={last} height={HEIGHT} onRange={onRange} />
      </div>
      <HistogramTable counts={counts} bands={bands} label={props.label} itemsName={props.itemsName} />
    </figure>
  )
}

function Grid({ y, width }: Readonly<{ y: (value: number) => number; width: number }>): ReactNode {
  return ticksOf(y).map(value => (
    <g key={value}>
      <line className="histogram__grid" x1={LEFT} x2={width} y1={HEIGHT - y(value)} y2={HEIGHT - y(value)} />
      <text className="histogram__tick" x={LEFT - 8} y={HEIGHT - y(value) + 4} textAnchor="end">
        {tick(value)}
      </text>
    </g>
  ))
}

const TICKS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000]

/** Round figures, far enough apart to be read. */
function ticksOf(y: (value: number) => number): readonly number[] {
  const kept: number[] = []
  for (const value of TICKS.toReversed()) {
    const next = kept.at(-1)
    const isInside = y(value) <= HEIGHT - 6 && y(value) >= 14
    if (isInside && (next === undefined || y(next) - y(value) >= 22)) kept.push(value)
  }
  return kept
}

type AxisProps = Readonly<{ x: (value: number) => number; bands: readonly Band[]; last: number }>

function Axis({ x, bands, last }: AxisProps): ReactNode {
  const step = x(last) - x(0) < 360 ? 20 : 10
  return (
    <g>
      {bands.map((band, i) => {
        const from = x(band.from)
        const to = x(bands[i + 1]?.from ?? last + 1)
        return <rect key={band.id} x={from} y={HEIGHT} width={Math.max(0, to - from)} height="2" fill={band.color} />
      })}
      {Array.from({ length: 100 / step + 1 }, (_, i) => i * step).map(value => (
        <text
          key={value}
          className="histogram__tick"
          x={x(value)}
          y={HEIGHT + 16}
          textAnchor={value === 0 ? 'start' : value === 100 ? 'end' : 'middle'}
        >
          {value}
        </text>
      ))}
      {bands
        .filter(band => band.from > 0)
        .map(band => (
          <line key={band.id} className="histogram__threshold" x1={x(band.from)} x2={x(band.from)} y1={4} y2={HEIGHT} />
        ))}
    </g>
  )
}
