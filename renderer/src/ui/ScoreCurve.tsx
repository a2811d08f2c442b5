import { useElementSize } from '@mantine/hooks'
import { scaleLinear, scaleSqrt } from 'd3-scale'
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react'
import { day as dayText, NONE, score as scoreText } from './format.ts'

type Band = Readonly<{ label: string; from: number; to: number; color: string }>

type Props = Readonly<{
  label: string
  firstDay: number
  /** One per day, oldest first; NaN: not there yet. */
  scores: ArrayLike<number>
  events: ArrayLike<number>
  bands: readonly Band[]
  /** The day whose mark is drawn and moved. */
  chosen: number | null
  chosenLabel: string
  onChoose: (day: number) => void
}>

const HEIGHT = 196
const TOP = 8
const LEFT = 28
const RIGHT = 8
const EVENTS = 28
const BOTTOM = 20
const FLOOR = HEIGHT - BOTTOM - EVENTS

/** A score day by day over bands of stages, with the events of each day below; the same figures as a table. */
export function ScoreCurve(props: Props): ReactNode {
  const { label, firstDay, scores, events, bands } = props
  const { ref, width: measured } = useElementSize<HTMLDivElement>()
  const width = Math.max(280, measured || 500)
  const days = scores.length
  const x = scaleLinear([0, Math.max(1, days - 1)], [LEFT, width - RIGHT])
  const y = scaleLinear([0, 100], [FLOOR, TOP])
  const size = scaleSqrt([0, Math.max(1, ...Array.from(events))], [0, EVENTS - 6])
  return (
    <figure className="score-curve" aria-label={label} ref={ref}>
      <svg width={width} height={HEIGHT} aria-hidden>
        {bands.map(({ label: name, from, to, color }) => (
          <rect
            key={name}
            className="score-curve__band"
            x={LEFT}
            width={width - LEFT - RIGHT}
            y={y(to)}
            height={Math.max(0, y(from) - y(to))}
            fill={color}
          />
        ))}
        {[0, ...bands.map(({ from }) => from).filter(from => from > 0), 100].map(value => (
          <text key={value} className="histogram__tick" x={LEFT - 6} y={y(value) + 4} textAnchor="end">
            {value}
          </text>
        ))}
        {Array.from(events, (n, at) =>
          n > 0 ? (
            <rect
              key={dayText(firstDay + at)}
              className="sparkline__bar"
              x={x(at) - 1}
              width={2}
              y={HEIGHT - BOTTOM - size(n)}
              height={size(n)}
            />
          ) : null,
        )}
        <path className="score-curve__line" d={pathOf(scores, x, y)} />
        <text className="histogram__tick" x={LEFT} y={HEIGHT - 4}>
          {dayText(firstDay)}
        </text>
        <text className="histogram__tick" x={width - RIGHT} y={HEIGHT - 4} textAnchor="end">
          {dayText(firstDay + days - 1)}
        </text>
      </svg>
      <Mark {...props} width={width} />
      <CurveTable label={label} firstDay={firstDay} scores={scores} events={events} />
    </figure>
  )
}

/** Straight lines from day to day; a gap where the unit was not there. */
function pathOf(scores: ArrayLike<number>, x: (at: number) => number, y: (value: number) => number): string {
  let path = ''
  let isDown = false
  for (let at = 0; at < scores.length; at++) {
    const value = scores[at] ?? Number.NaN
    if (!Number.isNaN(value)) path += `${isDown ? 'L' : 'M'}${x(at).toFixed(1)},${y(value).toFixed(1)}`
    isDown = !Number.isNaN(value)
  }
  return path
}

type MarkProps = Props & Readonly<{ width: number }>

/** The chosen day: dragged, or moved by the arrow keys. */
function Mark({ firstDay, scores, chosen, chosenLabel, onChoose, width }: MarkProps): ReactNode {
  const isHeld = useRef(false)
  const last = Math.max(1, scores.length - 1)
  const span = width - LEFT - RIGHT
  if (chosen === null) return null
  const at = chosen - firstDay
  const move = (event: PointerEvent): void => {
    if (!isHeld.current) return
    const box = event.currentTarget.parentElement?.getBoundingClientRect()
    if (box !== undefined) choose(((event.clientX - box.left - LEFT) / span) * last)
  }
  const choose = (place: number): void => {
    const day = firstDay + Math.round(Math.min(last, Math.max(0, place)))
    if (day !== chosen) onChoose(day)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key]
    if (step === undefined) return
    event.preventDefault()
    choose(at + step)
  }
  const value = scores[at]
  return (
    <div
      className="score-curve__mark"
      role="slider"
      tabIndex={0}
      aria-label={chosenLabel}
      aria-valuemin={firstDay}
      aria-valuemax={firstDay + last}
      aria-valuenow={chosen}
      aria-valuetext={`${dayText(chosen)}, score ${value === undefined || Number.isNaN(value) ? 'unknown' : scoreText(value)}`}
      style={{ left: LEFT + (at / last) * span, height: HEIGHT - BOTTOM }}
      onKeyDown={onKeyDown}
      onPointerDown={event => {
        isHeld.current = true
        event.currentTarget.setPointerCapture?.(event.pointerId)
      }}
      onPointerMove={move}
      onPointerUp={() => {
        isHeld.current = false
      }}
    />
  )
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -7,
  PageUp: 7,
  Home: -10_000,
  End: 10_000,
}

function CurveTable({
  label,
  firstDay,
  scores,
  events,
}: Pick<Props, 'label' | 'firstDay' | 'scores' | 'events'>): ReactNode {
  return (
    <table className="unseen">
      <caption>{label}</caption>
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">Score</th>
          <th scope="col">Events</th>
        </tr>
      </thead>
      <tbody>
        {Array.from(scores, (value, at) => (
          <tr key={dayText(firstDay + at)}>
            <th scope="row">{dayText(firstDay + at)}</th>
            <td>{Number.isNaN(value) ? NONE : scoreText(value)}</td>
            <td>{events[at] ?? 0}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
