import { useElementSize } from '@mantine/hooks'
import { scaleLinear, scaleSqrt } from 'd3-scale'
import type { ReactNode } from 'react'
import { type Band, bandAt } from './bands.ts'
import { type Range, useBrush } from './brush.ts'
import { HistogramHandles } from './HistogramHandles.tsx'
import { HistogramTable } from './HistogramTable.tsx'
import { HistogramAxis, HistogramGrid } from './histogram-axis.tsx'

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

const HEIGHT = 124
/** Kept free of bars and lines for the words that say what is drawn. */
const TOP = 18
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
  const y = scaleSqrt([0, top], [0, HEIGHT - TOP])
  const brush = useBrush(px => Math.min(last, Math.max(0, x.invert(px))), onRange)
  const shown = brush.draft ?? range
  const isIn = (bin: number): boolean => shown === null || (bin >= shown[0] && (bin < shown[1] || shown[1] === last))
  const bar = Math.max(1, x(1) - x(0) - 1)
  return (
    <figure className="histogram" aria-label={props.label}>
      <div className="histogram__plot" ref={ref}>
        <svg width={width} height={HEIGHT + AXIS} aria-hidden className="histogram__svg" {...brush.handlers}>
          <HistogramGrid y={y} left={LEFT} width={width} height={HEIGHT} />
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
            <text className="histogram__tick" x={width - 1} y={12} textAnchor="end">
              {props.label}, square-root axis
            </text>
          )}
          <HistogramAxis x={x} bands={bands} last={last} height={HEIGHT} top={TOP} />
        </svg>
        <HistogramHandles x={x} range={shown ?? [0, last]} last={last} height={HEIGHT} onRange={onRange} />
      </div>
      <HistogramTable counts={counts} bands={bands} label={props.label} itemsName={props.itemsName} />
    </figure>
  )
}
