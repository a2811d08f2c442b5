import { useElementSize } from '@mantine/hooks'
import { scaleLinear } from 'd3-scale'
import type { ReactNode } from 'react'
import { count, tick } from './format.ts'

export type CurveMark = Readonly<{ at: number; label: string; isNew: boolean }>

type Props = Readonly<{
  label: string
  /** One figure per tenth of a point. */
  values: ArrayLike<number>
  /** A level to compare with, and its words. */
  level: number
  levelLabel: string
  marks: readonly CurveMark[]
}>

const HEIGHT = 170
const LEFT = 36
const BOTTOM = 20
const TOP = 20
/** The level stands at this part of the height, so that the crossing is easy to see. */
const LEVEL_AT = 0.4

/** How many there are at each threshold, cut off well above the level that is asked for; the same as a table. */
export function ThresholdCurve({ label, values, level, levelLabel, marks }: Props): ReactNode {
  const { ref, width: measured } = useElementSize<HTMLDivElement>()
  const width = Math.max(240, measured || 700)
  const top = Math.max(2, Math.min(Math.max(...Array.from(values)), level / LEVEL_AT))
  const x = scaleLinear([0, 100], [LEFT, width - 16])
  const y = scaleLinear([0, top], [HEIGHT - BOTTOM, TOP]).clamp(true)
  return (
    <figure className="threshold-curve" aria-label={label}>
      <div ref={ref}>
        <svg width={width} height={HEIGHT} aria-hidden>
          {y
            .ticks(4)
            .filter(Number.isInteger)
            .map(value => (
              <g key={value}>
                <line className="histogram__grid" x1={LEFT} x2={width} y1={y(value)} y2={y(value)} />
                <text className="histogram__tick" x={LEFT - 8} y={y(value) + 4} textAnchor="end">
                  {tick(value)}
                </text>
              </g>
            ))}
          {x.ticks(10).map(value => (
            <text key={value} className="histogram__tick" x={x(value)} y={HEIGHT - 4} textAnchor="middle">
              {value}
            </text>
          ))}
          <path className="threshold-curve__line" d={stepsOf(values, x, y)} />
          {level <= top && (
            <g>
              <line className="threshold-curve__level" x1={LEFT} x2={width - 16} y1={y(level)} y2={y(level)} />
              <text className="histogram__tick" x={width - 18} y={y(level) - 5} textAnchor="end">
                {levelLabel}
              </text>
            </g>
          )}
          {marks.map(mark => (
            <Mark key={mark.label} mark={mark} x={x} />
          ))}
        </svg>
      </div>
      <CurveTable label={label} values={values} />
    </figure>
  )
}

type Scale = (value: number) => number

function Mark({ mark: { at, label, isNew }, x }: Readonly<{ mark: CurveMark; x: Scale }>): ReactNode {
  const isRight = at > 80
  return (
    <g className={isNew ? 'threshold-curve__mark is-new' : 'threshold-curve__mark'}>
      <line x1={x(at)} x2={x(at)} y1={isNew ? 14 : 4} y2={HEIGHT - BOTTOM} />
      <text x={x(at) + (isRight ? -5 : 5)} y={isNew ? 24 : 12} textAnchor={isRight ? 'end' : 'start'}>
        {label}
      </text>
    </g>
  )
}

/** A step only where the figure changes: a thousand tenths have few of them. */
function stepsOf(values: ArrayLike<number>, x: Scale, y: Scale): string {
  let path = `M${x(0)},${y(values[0] ?? 0).toFixed(1)}`
  for (let step = 1; step < values.length; step++) {
    if (values[step] === values[step - 1]) continue
    // the figure at a tenth is of that tenth and above: it falls just after it
    path += `H${x((step - 1) / 10).toFixed(1)}V${y(values[step] ?? 0).toFixed(1)}`
  }
  return `${path}H${x(100)}`
}

function CurveTable({ label, values }: Pick<Props, 'label' | 'values'>): ReactNode {
  return (
    <table className="unseen">
      <caption>{label}</caption>
      <tbody>
        {Array.from({ length: 21 }, (_, i) => i * 5).map(threshold => (
          <tr key={threshold}>
            <th scope="row">{threshold}</th>
            <td>{count(values[threshold * 10] ?? 0)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
