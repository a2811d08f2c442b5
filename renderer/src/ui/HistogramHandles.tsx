import type { KeyboardEvent, ReactNode } from 'react'
import type { Range } from './brush.ts'

type Props = Readonly<{
  x: (value: number) => number
  range: Range
  last: number
  height: number
  onRange: (range: Range | null) => void
}>

/** The two edges of the range as sliders: arrows move by 1, with shift or page keys by 10. */
export function HistogramHandles({ x, range, last, height, onRange }: Props): ReactNode {
  const [from, to] = range
  const move = (next: Range): void => onRange(next[0] <= 0 && next[1] >= last ? null : next)
  const isWhole = from <= 0 && to >= last
  return (
    <>
      <div className={isWhole ? 'histogram__range histogram__range--whole' : 'histogram__range'} aria-hidden>
        <span style={{ left: x(from), width: x(to >= last ? last + 1 : to) - x(from), height }} />
      </div>
      <Handle
        label="Lowest score shown"
        value={from}
        min={0}
        max={to - 1}
        left={x(from)}
        height={height}
        onChange={value => move([value, to])}
      />
      <Handle
        label="Highest score shown"
        value={to}
        min={from + 1}
        max={last}
        left={x(to >= last ? last + 1 : to)}
        height={height}
        onChange={value => move([from, value])}
      />
    </>
  )
}

type HandleProps = Readonly<{
  label: string
  value: number
  min: number
  max: number
  left: number
  height: number
  onChange: (value: number) => void
}>

function Handle({ label, value, min, max, left, height, onChange }: HandleProps): ReactNode {
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = valueAfter(event, value, min, max)
    if (next === null) return
    event.preventDefault()
    event.stopPropagation()
    onChange(Math.min(max, Math.max(min, next)))
  }
  return (
    <div
      className="histogram__handle"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      style={{ left, height }}
      onKeyDown={onKeyDown}
    />
  )
}

/** Where a key takes a slider: arrows by 1, with shift or page keys by 10; null where it is none of its keys. */
export function valueAfter(event: KeyboardEvent, value: number, min: number, max: number): number | null {
  const step = event.shiftKey ? 10 : 1
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: value - step,
    ArrowDown: value - step,
    ArrowRight: value + step,
    ArrowUp: value + step,
    PageDown: value - 10,
    PageUp: value + 10,
    Home: min,
    End: max,
  }
  return moves[event.key] ?? null
}
