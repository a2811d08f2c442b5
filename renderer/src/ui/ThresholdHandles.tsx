import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react'
import { valueAfter } from './HistogramHandles.tsx'

export type Threshold = Readonly<{
  id: string
  label: string
  value: number
  /** Where it stood before. */
  base: number
  min: number
  max: number
  color: string
}>

export type Handling = Readonly<{
  onMove: (id: string, value: number) => void
  /** The handle was let go, by pointer or key. */
  onSettle: () => void
}>

type Scale = ((value: number) => number) & Readonly<{ invert: (px: number) => number }>
type Props = Handling & Readonly<{ x: Scale; thresholds: readonly Threshold[]; height: number }>

const FLAG = 66
const FLAG_ROWS = 3

/** Thresholds as sliders over a plot: dragged, or moved with the arrow keys. */
export function ThresholdHandles({ x, thresholds, height, onMove, onSettle }: Props): ReactNode {
  const rows = flagRows(thresholds.map(({ value }) => x(value)))
  return thresholds.map((threshold, place) => (
    <Handle
      key={threshold.id}
      threshold={threshold}
      x={x}
      row={rows[place] ?? 0}
      height={height}
      onMove={onMove}
      onSettle={onSettle}
    />
  ))
}

/** A flag goes a row down where the one before it would lie under it. */
function flagRows(lefts: readonly number[]): readonly number[] {
  const rows: number[] = []
  for (const [place, left] of lefts.entries()) {
    const before = lefts[place - 1]
    const isClose = before !== undefined && left - before < FLAG
    rows.push(isClose ? ((rows[place - 1] ?? 0) + 1) % FLAG_ROWS : 0)
  }
  return rows
}

type HandleProps = Handling & Readonly<{ threshold: Threshold; x: Scale; row: number; height: number }>

function Handle({ threshold, x, row, height, onMove, onSettle }: HandleProps): ReactNode {
  const { id, label, value, base, min, max, color } = threshold
  const grabbed = useRef<number | null>(null)
  const moveTo = (next: number): void => {
    const kept = Math.min(max, Math.max(min, next))
    if (kept !== value) onMove(id, kept)
  }
  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture?.(event.pointerId)
    grabbed.current = event.clientX - x(value)
  }
  const onPointerMove = (event: PointerEvent): void => {
    if (grabbed.current !== null) moveTo(Math.round(x.invert(event.clientX - grabbed.current)))
  }
  const letGo = (): void => {
    if (grabbed.current === null) return
    grabbed.current = null
    onSettle()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = valueAfter(event, value, min, max)
    if (next === null) return
    event.preventDefault()
    event.stopPropagation()
    moveTo(next)
  }
  return (
    <div
      className={value === base ? 'threshold' : 'threshold is-changed'}
      role="slider"
      tabIndex={0}
      aria-label={`${label} from`}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuetext={value === base ? `${value} points` : `${value} points, ${base} before`}
      style={{ left: x(value), height }}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={letGo}
      onPointerCancel={letGo}
      onKeyDown={onKeyDown}
      onKeyUp={onSettle}
    >
      <span className="threshold__flag" style={{ top: row * 20, borderColor: color }}>
        {label} <strong>{value}</strong>
      </span>
    </div>
  )
}
