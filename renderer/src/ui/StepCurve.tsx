import { useElementSize } from '@mantine/hooks'
import { scaleLinear } from 'd3-scale'
import type { ReactNode } from 'react'

export type CurveSeries = Readonly<{
  id: string
  label: string
  values: readonly number[]
  color: string
  isDashed?: boolean
}>

type Props = Readonly<{
  label: string
  /** Values in 0..1, one per whole step from 0 on; all of one length. */
  series: readonly CurveSeries[]
  /** Words for one step, for the readable table. */
  nameOf: (step: number) => string
  startLabel: string
  endLabel: string
  format: (value: number) => string
}>

const HEIGHT = 180
const LEFT = 44
const BOTTOM = 20

/** Shares that only rise, as steps; the same figures as a table for assistive technology. */
export function StepCurve({ label, series, nameOf, startLabel, endLabel, format }: Props): ReactNode {
  const { ref, width: measured } = useElementSize<HTMLDivElement>()
  const width = Math.max(240, measured || 520)
  const steps = series[0]?.values.length ?? 0
  const top = Math.max(0.1, ...series.flatMap(({ values }) => [...values]))
  const x = scaleLinear([0, Math.max(1, steps - 1)], [LEFT, width - 4])
  const y = scaleLinear([0, top], [HEIGHT - BOTTOM, 8]).nice(4)
  return (
    <figure className="step-curve" aria-label={label} ref={ref}>
      <svg width={width} height={HEIGHT} aria-hidden>
        {y.ticks(4).map(value => (
          <g key={value}>
            <line className="histogram__grid" x1={LEFT} x2={width} y1={y(value)} y2={y(value)} />
            <text className="histogram__tick" x={LEFT - 8} y={y(value) + 4} textAnchor="end">
              {format(value)}
            </text>
          </g>
        ))}
        {series.map(({ id, values, color, isDashed }) => (
          <path
            key={id}
            d={pathOf(values, x, y)}
            fill="none"
            stroke={color}
            strokeWidth={isDashed ? 1.5 : 2}
            strokeDasharray={isDashed ? '4 3' : undefined}
          />
        ))}
        <text className="histogram__tick" x={LEFT} y={HEIGHT - 4}>
          {startLabel}
        </text>
        <text className="histogram__tick" x={width - 4} y={HEIGHT - 4} textAnchor="end">
          {endLabel}
        </text>
      </svg>
      <Table label={label} series={series} nameOf={nameOf} format={format} steps={steps} />
    </figure>
  )
}

type Scale = (value: number) => number

function pathOf(values: readonly number[], x: Scale, y: Scale): string {
  return values
    .map((value, step) => (step === 0 ? `M${x(0)},${y(value)}` : `H${x(step).toFixed(1)}V${y(value).toFixed(1)}`))
    .join('')
}

type TableProps = Pick<Props, 'label' | 'series' | 'nameOf' | 'format'> & Readonly<{ steps: number }>

function Table({ label, series, nameOf, format, steps }: TableProps): ReactNode {
  return (
    <table className="unseen">
      <caption>{label}</caption>
      <thead>
        <tr>
          <th scope="col">Step</th>
          {series.map(({ id, label: name }) => (
            <th key={id} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: steps }, (_, step) => (
          <tr key={nameOf(step)}>
            <th scope="row">{nameOf(step)}</th>
            {series.map(({ id, values }) => (
              <td key={id}>{format(values[step] ?? 0)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
