import type { KeyboardEvent, PointerEvent, ReactNode } from 'react'

type Props = Readonly<{
  label: string
  /** What stands at the handle. */
  text: string
  value: number
  min: number
  max: number
  /** Pixels of a value. */
  x: (value: number) => number
  /** Value of a pixel. */
  valueAt: (x: number) => number
  height: number
  /** No room to its right: what stands at it stands to its left. */
  isAtEnd?: boolean
  color: string
  onChange: (value: number) => void
}>

const STEP = 0.25
const SIXTEENTHS = 16

/** A threshold that is dragged, or moved with the arrows by a quarter of a bit, with shift or page keys by two. */
export function BitsHandle(props: Props): ReactNode {
  const { label, text, value, min, max, x, valueAt, height, color, isAtEnd = false, onChange } = props
  const move = (next: number): void => {
    const held = Math.min(max, Math.max(min, Math.round(next * SIXTEENTHS) / SIXTEENTHS))
    if (held !== value) onChange(held)
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    if (event.buttons !== 1) return
    const plot = event.currentTarget.parentElement?.getBoundingClientRect()
    move(Math.round(valueAt(event.clientX - (plot?.left ?? 0)) / STEP) * STEP)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = valueAfter(event, value, min, max)
    if (next === null) return
    event.preventDefault()
    event.stopPropagation()
    move(next)
  }
  return (
    <div
      className="bits-handle"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuetext={text}
      style={{ left: x(value), height, color }}
      onKeyDown={onKeyDown}
      onPointerDown={event => {
        event.currentTarget.setPointerCapture?.(event.pointerId)
        event.currentTarget.focus()
      }}
      onPointerMove={onPointerMove}
    >
      <span className={`bits-handle__flag${isAtEnd ? ' bits-handle__flag--before' : ''}`} aria-hidden>
        {text}
      </span>
    </div>
  )
}

function valueAfter({ key, shiftKey }: KeyboardEvent, value: number, min: number, max: number): number | null {
  const step = shiftKey ? 8 * STEP : STEP
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: value - step,
    ArrowDown: value - step,
    ArrowRight: value + step,
    ArrowUp: value + step,
    PageDown: value - 8 * STEP,
    PageUp: value + 8 * STEP,
    Home: min,
    End: max,
  }
  return moves[key] ?? null
}
