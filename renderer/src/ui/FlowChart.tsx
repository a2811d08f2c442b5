import { useElementSize } from '@mantine/hooks'
import type { KeyboardEvent, ReactNode } from 'react'
import { type Flow, layFlows, type Ribbon } from './flow-layout.ts'
import { count } from './format.ts'

export type FlowPlace = Readonly<{ id: string; label: string; color: string; note: string }>

type Props = Readonly<{
  label: string
  flows: readonly Flow[]
  /** From top to bottom. */
  left: readonly FlowPlace[]
  right: readonly FlowPlace[]
  /** Words for one ribbon. */
  nameOf: (flow: Flow) => string
  onOpen: (flow: Flow) => void
}>

const HEIGHT = 280
const TOP = 8
const SIDE = 168
const BAR = 6

/** What goes from where to where, as ribbons; each opens what it is made of. */
export function FlowChart({ label, flows, left, right, nameOf, onOpen }: Props): ReactNode {
  const { ref, width: measured } = useElementSize<HTMLDivElement>()
  const width = Math.max(420, measured || 700)
  const layout = layFlows(
    flows,
    left.map(({ id }) => id),
    { height: HEIGHT, gap: 18, least: 2, most: 4 },
  )
  const colorOf = (id: string): string => right.find(place => place.id === id)?.color ?? 'var(--ink-3)'
  const [from, to] = [SIDE + BAR, width - SIDE - BAR]
  return (
    <div className="flow-chart" ref={ref}>
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing that holds buttons has no native element */}
      <svg width={width} height={HEIGHT + 2 * TOP} role="group" aria-label={label}>
        <g transform={`translate(0 ${TOP})`}>
          {layout.ribbons.map(ribbon => (
            <RibbonShape
              key={`${ribbon.from} ${ribbon.to}`}
              ribbon={ribbon}
              from={from}
              to={to}
              color={colorOf(ribbon.to)}
              name={nameOf(ribbon)}
              onOpen={onOpen}
            />
          ))}
          {layout.ribbons.map(ribbon => (
            <Units key={`${ribbon.from} ${ribbon.to}`} ribbon={ribbon} from={from} to={to} />
          ))}
          {layout.left.map(span => (
            <Bar key={span.id} span={span} place={left.find(({ id }) => id === span.id)} x={SIDE} side="left" />
          ))}
          {layout.right.map(span => (
            <Bar key={span.id} span={span} place={right.find(({ id }) => id === span.id)} x={to} side="right" />
          ))}
        </g>
      </svg>
    </div>
  )
}

type BarProps = Readonly<{
  span: Readonly<{ top: number; height: number }>
  place: FlowPlace | undefined
  x: number
  side: 'left' | 'right'
}>

function Bar({ span, place, x, side }: BarProps): ReactNode {
  if (place === undefined) return null
  const isLeft = side === 'left'
  const text = isLeft ? x - 8 : x + BAR + 8
  const middle = span.top + span.height / 2
  return (
    <g aria-hidden>
      <rect x={x} y={span.top} width={BAR} height={span.height} fill={place.color} rx="1" />
      <text className="flow-chart__name" x={text} y={middle + 4} textAnchor={isLeft ? 'end' : 'start'}>
        {place.label}
        <tspan className="flow-chart__note" dx={6}>
          {place.note}
        </tspan>
      </text>
    </g>
  )
}

type RibbonProps = Readonly<{
  ribbon: Ribbon
  from: number
  to: number
  color: string
  name: string
  onOpen: (flow: Flow) => void
}>

function RibbonShape({ ribbon, from, to, color, name, onOpen }: RibbonProps): ReactNode {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    onOpen(ribbon)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a shape of a drawing cannot be a button element
    <g
      role="button"
      tabIndex={0}
      aria-label={name}
      className="flow-chart__ribbon"
      onClick={() => onOpen(ribbon)}
      onKeyDown={onKeyDown}
    >
      <title>{name}</title>
      <path d={bandPath(from, to, ribbon)} fill={color} />
      {/* a thin ribbon is hard to hit: the same way again, wider and unseen */}
      {ribbon.height < 10 && <path className="flow-chart__reach" d={linePath(from, to, ribbon)} />}
    </g>
  )
}

/** The figure at both ends of a ribbon that has room for it. */
function Units({ ribbon, from, to }: Readonly<{ ribbon: Ribbon; from: number; to: number }>): ReactNode {
  const { fromTop, toTop, height, units } = ribbon
  if (height < 12) return null
  return (
    <g className="flow-chart__units" aria-hidden>
      <text x={from + 8} y={fromTop + height / 2 + 4}>
        {count(units)}
      </text>
      <text x={to - 8} y={toTop + height / 2 + 4} textAnchor="end">
        {count(units)}
      </text>
    </g>
  )
}

function bandPath(from: number, to: number, { fromTop, toTop, height }: Ribbon): string {
  const middle = (from + to) / 2
  const [a, b] = [fromTop + height, toTop + height]
  return `M${from},${fromTop}C${middle},${fromTop} ${middle},${toTop} ${to},${toTop}V${b}C${middle},${b} ${middle},${a} ${from},${a}Z`
}

function linePath(from: number, to: number, { fromTop, toTop, height }: Ribbon): string {
  const middle = (from + to) / 2
  const [a, b] = [fromTop + height / 2, toTop + height / 2]
  return `M${from},${a}C${middle},${a} ${middle},${b} ${to},${b}`
}
