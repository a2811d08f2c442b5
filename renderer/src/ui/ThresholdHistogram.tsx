import { useElementSize } from '@mantine/hooks'
import { scaleLinear, scaleSqrt } from 'd3-scale'
import { type ReactNode, useMemo } from 'react'
import { type Band, bandAt } from './bands.ts'
import { HistogramTable } from './HistogramTable.tsx'
import { HistogramAxis, HistogramGrid } from './histogram-axis.tsx'
import { type Handling, type Threshold, ThresholdHandles } from './ThresholdHandles.tsx'

type Props = Handling &
  Readonly<{
    /** One count per bin of width 1, from 0 on. */
    counts: ArrayLike<number>
    /** The same before the change, drawn as a line. */
    base: ArrayLike<number>
    /** The lowest begins at 0; each of the others at its threshold. */
    lowest: Omit<Band, 'from'>
    thresholds: readonly Threshold[]
    label: string
    itemsName: string
  }>

const HEIGHT = 132
const AXIS = 20
const LEFT = 36

/** Bars per point between thresholds that can be dragged; the line is what was there before. */
export function ThresholdHistogram(props: Props): ReactNode {
  const { counts, base, lowest, thresholds, label, itemsName, onMove, onSettle } = props
  const { ref, width: measured } = useElementSize<HTMLDivElement>()
  const width = Math.max(200, measured || 700)
  const last = counts.length - 1
  const x = useMemo(() => scaleLinear([0, last + 1], [LEFT, width - 1]), [last, width])
  const bands = [{ ...lowest, from: 0 }, ...thresholds.map(({ value, ...band }) => ({ ...band, from: value }))]
  const top = Math.max(1, ...Array.from(base), ...Array.from(counts))
  const y = scaleSqrt([0, top], [0, HEIGHT - 24])
  const bar = Math.max(1, x(1) - x(0) - 1)
  return (
    <figure className="threshold-histogram" aria-label={label}>
      <div className="histogram__plot" ref={ref}>
        <svg width={width} height={HEIGHT + AXIS} aria-hidden>
          <HistogramGrid y={y} left={LEFT} width={width} height={HEIGHT} />
          {Array.from({ length: last + 1 }, (_, bin) => {
            const height = y(counts[bin] ?? 0)
            const { color } = bandAt(bands, bin)
            // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
            return <rect key={bin} x={x(bin)} y={HEIGHT - height} width={bar} height={height} fill={color} />
          })}
          <path className="threshold-histogram__base" d={outline(base, x, y)} />
          <HistogramAxis x={x} bands={bands} last={last} height={HEIGHT} />
          {thresholds
            .filter(({ value, base: before }) => value !== before)
            .map(({ id, base: before }) => (
              <line key={id} className="threshold__before" x1={x(before)} x2={x(before)} y1={4} y2={HEIGHT} />
            ))}
        </svg>
        <ThresholdHandles x={x} thresholds={thresholds} height={HEIGHT} onMove={onMove} onSettle={onSettle} />
      </div>
      <HistogramTable counts={counts} bands={bands} label={label} itemsName={itemsName} />
    </figure>
  )
}

type Scale = (value: number) => number

function outline(counts: ArrayLike<number>, x: Scale, y: Scale): string {
  const steps = Array.from(counts, (units, bin) => `V${(HEIGHT - y(units)).toFixed(1)}H${x(bin + 1).toFixed(1)}`)
  return `M${x(0)},${HEIGHT}${steps.join('')}`
}
