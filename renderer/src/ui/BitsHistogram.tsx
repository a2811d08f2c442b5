import { useElementSize } from '@mantine/hooks'
import { scaleLinear, scaleSqrt } from 'd3-scale'
import type { ReactNode } from 'react'
import { BitsHandle } from './BitsHandle.tsx'
import { count, points, tick } from './format.ts'

export type BitsMark = Readonly<{
  id: string
  label: string
  text: string
  value: number
  min: number
  max: number
  color: string
  onChange: (value: number) => void
}>

type Props = Readonly<{
  label: string
  itemsName: string
  /** Items per bit, from `firstBin` on. */
  counts: readonly number[]
  firstBin: number
  /** Handles, the lower first; a bar has the colour of the last handle at or below it. */
  marks: readonly BitsMark[]
  /** Colour below the lowest handle. */
  below: string
}>

const HEIGHT = 168
const TOP = 24
const AXIS = 20
const LEFT = 36
/** Room for what stands at a handle. */
const FLAG = 168
/** Of the text without what is said at the end of a handle's way. */
const FLAG_WIDTH = 112

/** Items by evidence, with thresholds that can be moved; a square-root axis, so that few are seen beside many. */
export function BitsHistogram({ label, itemsName, counts, firstBin, marks, below }: Props): ReactNode {
  const { ref, width: measured } = useElementSize<HTMLDivElement>()
  const width = Math.max(240, measured || 900)
  const last = firstBin + counts.length
  const x = scaleLinear([firstBin, last], [LEFT, width - 24])
  const y = scaleSqrt([0, Math.max(1, ...counts)], [0, HEIGHT - TOP])
  const bar = Math.max(1, x(1) - x(0) - 1)
  const colorOf = (value: number): string => marks.findLast(mark => value >= mark.value)?.color ?? below
  return (
    <figure className="bits-histogram" aria-label={label}>
      <div className="bits-histogram__plot" ref={ref} style={{ height: HEIGHT + AXIS }}>
        <svg width={width} height={HEIGHT + AXIS} aria-hidden>
          {ticksOf(y).map(value => (
            <g key={value}>
              <line className="histogram__grid" x1={LEFT} x2={width} y1={HEIGHT - y(value)} y2={HEIGHT - y(value)} />
              <text className="histogram__tick" x={LEFT - 8} y={HEIGHT - y(value) + 4} textAnchor="end">
                {tick(value)}
              </text>
            </g>
          ))}
          {counts.map((value, bin) => (
            <Bar
              // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
              key={bin}
              from={firstBin + bin}
              height={y(value)}
              x={x}
              width={bar}
              colorOf={colorOf}
              cuts={marks.map(mark => mark.value)}
            />
          ))}
          <line className="bits-histogram__base" x1={LEFT} x2={width} y1={HEIGHT} y2={HEIGHT} />
          {x.ticks(Math.max(4, Math.floor(width / 90))).map(value => (
            <text key={value} className="histogram__tick" x={x(value)} y={HEIGHT + 15} textAnchor="middle">
              {value === 0 ? '0' : points(value).replace('.0', '')}
            </text>
          ))}
        </svg>
        {marks.map((mark, place) => (
          <BitsHandle
            key={mark.id}
            {...mark}
            x={x}
            valueAt={px => x.invert(px)}
            height={HEIGHT}
            isAtEnd={x(mark.value) > width - FLAG || isBeforeNext(x, marks, place)}
          />
        ))}
      </div>
      <Table label={label} itemsName={itemsName} counts={counts} firstBin={firstBin} />
    </figure>
  )
}

/** Would what stands at a handle lie under the next one? Then it stands to the left, where there is room. */
function isBeforeNext(x: (value: number) => number, marks: readonly BitsMark[], place: number): boolean {
  const [own, next] = [marks[place], marks[place + 1]]
  if (own === undefined || next === undefined) return false
  return x(next.value) - x(own.value) < FLAG_WIDTH && x(own.value) > LEFT + FLAG_WIDTH
}

type BarProps = Readonly<{
  from: number
  height: number
  x: (value: number) => number
  width: number
  colorOf: (value: number) => string
  cuts: readonly number[]
}>

/** A bin of one bit; a threshold within it parts its colour. */
function Bar({ from, height, x, width, colorOf, cuts }: BarProps): ReactNode {
  if (height <= 0) return null
  const inside = cuts.filter(cut => cut > from && cut < from + 1)
  const edges = [from, ...inside, from + 1]
  const end = x(from) + width
  return edges.slice(0, -1).map((edge, i) => {
    const left = x(edge)
    const right = Math.min(end, x(edges[i + 1] ?? edge))
    return (
      <rect
        key={edge}
        x={left}
        y={HEIGHT - Math.max(1, height)}
        width={Math.max(0, right - left)}
        height={Math.max(1, height)}
        fill={colorOf(edge)}
      />
    )
  })
}

const TICKS = [0, 1, 2, 3, 4, 5, 6].flatMap(power => [1, 2, 5].map(digit => digit * 10 ** power))

/** Round figures, far enough apart to be read. */
function ticksOf(y: (value: number) => number): readonly number[] {
  const kept: number[] = []
  for (const value of TICKS.toReversed()) {
    const next = kept.at(-1)
    const isInside = y(value) <= HEIGHT - TOP && y(value) >= 14
    if (isInside && (next === undefined || y(next) - y(value) >= 22)) kept.push(value)
  }
  return kept
}

function Table({
  label,
  itemsName,
  counts,
  firstBin,
}: Pick<Props, 'label' | 'itemsName' | 'counts' | 'firstBin'>): ReactNode {
  return (
    <table className="unseen">
      <caption>{label}</caption>
      <thead>
        <tr>
          <th scope="col">Bits</th>
          <th scope="col">{itemsName}</th>
        </tr>
      </thead>
      <tbody>
        {counts.map((value, bin) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
          <tr key={bin}>
            <th scope="row">
              {points(firstBin + bin)} to {points(firstBin + bin + 1)}
            </th>
            <td>{count(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
