import { useElementSize } from '@mantine/hooks'
import { scaleLinear } from 'd3-scale'
import type { ReactNode } from 'react'
import { exactly, points } from './format.ts'

export type WaterfallRow = Readonly<{
  id: string
  label: ReactNode
  /** Words for the label, where `label` is more than text. */
  name: string
  value: number
  /** The value as it is written, where that is rounded so that all add up. */
  printed?: number
  color: string
  kind: 'group' | 'line' | 'total'
  /** Said beside the value, such as `of 25`. */
  note?: string
  onOpen?: () => void
}>

type Mark = Readonly<{ at: number; label: string; color: string }>
export type WaterfallAxis = Readonly<{
  /** The axis reaches at least from here to there. */
  from: number
  to: number
  /** Head of the column of figures. */
  unit: string
  format: (value: number) => string
  /** The axis in words. */
  words: string
}>
type Props = Readonly<{
  label: string
  rows: readonly WaterfallRow[]
  marks: readonly Mark[]
  /** Points of a score where it is not given. */
  axis?: WaterfallAxis
}>
type Placed = WaterfallRow & Readonly<{ from: number; to: number }>

const SCORE_AXIS: WaterfallAxis = { from: 0, to: 100, unit: 'Points', format: points, words: 'From 0 to 100' }
const HEIGHTS = { line: 22, group: 28, total: 32 } as const

/** Bars that start where the one before ended: a table whose middle column is drawn. Groups span their lines. */
export function Waterfall({ label, rows, marks, axis = SCORE_AXIS }: Props): ReactNode {
  const { ref, width: measured } = useElementSize<HTMLTableElement>()
  const width = Math.min(320, Math.max(120, Math.round((measured || 519) * 0.42)))
  const placed = place(rows)
  const edges = placed.flatMap(row => [row.from, row.to])
  const x = scaleLinear([Math.min(axis.from, ...edges), Math.max(axis.to, ...edges)], [1, width - 1])
  return (
    <table className="waterfall" aria-label={label} ref={ref}>
      <thead>
        <tr>
          <th scope="col">
            <span className="unseen">Made of</span>
          </th>
          <th scope="col" className="waterfall__axis">
            <span className="unseen">{axis.words}</span>
            <svg width={width} height="16" aria-hidden>
              {marks.map(mark => (
                <text key={mark.label} x={x(mark.at)} y="11" textAnchor="middle" className="waterfall__mark">
                  {mark.label}
                </text>
              ))}
            </svg>
          </th>
          <th scope="col" className="number">
            {axis.unit}
          </th>
        </tr>
      </thead>
      <tbody>
        {placed.map(row => (
          <tr key={row.id} className={`waterfall__row waterfall__row--${row.kind}`}>
            <th scope="row">
              {row.onOpen === undefined ? (
                row.label
              ) : (
                <button type="button" className="plain waterfall__open" onClick={row.onOpen}>
                  {row.label}
                </button>
              )}
            </th>
            <td className="waterfall__plot">
              <Bar row={row} x={x} marks={marks} width={width} />
            </td>
            <td className="number" title={row.printed === undefined ? undefined : exactly(row.value)}>
              {row.kind === 'total' ? (
                <strong>{totalText(axis, row.value)}</strong>
              ) : (
                axis.format(row.printed ?? row.value)
              )}
              {row.note !== undefined && <span className="muted"> {row.note}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A score has no sign; evidence has. */
function totalText(axis: WaterfallAxis, value: number): string {
  return axis === SCORE_AXIS ? axis.format(value).replace('+', '') : axis.format(value)
}

type BarProps = Readonly<{ row: Placed; x: (value: number) => number; marks: readonly Mark[]; width: number }>

function Bar({ row, x, marks, width }: BarProps): ReactNode {
  const left = Math.min(x(row.from), x(row.to))
  const length = Math.max(row.value === 0 ? 0 : 1.5, Math.abs(x(row.to) - x(row.from)))
  const height = HEIGHTS[row.kind]
  const thick = row.kind === 'line' ? 8 : row.kind === 'group' ? 4 : 10
  return (
    <svg width={width} height={height} aria-hidden>
      {marks.map(mark => (
        <line key={mark.label} x1={x(mark.at)} x2={x(mark.at)} y1="0" y2={height} className="waterfall__guide" />
      ))}
      <line x1={x(0)} x2={x(0)} y1="0" y2={height} className="waterfall__zero" />
      <rect
        x={left}
        width={length}
        y={(height - thick) / 2}
        height={thick}
        rx="1"
        fill={row.color}
        opacity={row.kind === 'group' ? 0.45 : 1}
      />
    </svg>
  )
}

/** A group spans what its lines add; a line starts where the one before it ended; the total starts at 0. */
function place(rows: readonly WaterfallRow[]): readonly Placed[] {
  let at = 0
  return rows.map(row => {
    if (row.kind === 'total') return { ...row, from: 0, to: row.value }
    const from = at
    if (row.kind === 'line') at += row.value
    return { ...row, from, to: from + row.value }
  })
}
