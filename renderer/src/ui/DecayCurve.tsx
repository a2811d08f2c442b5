import { useElementSize } from '@mantine/hooks'
import { scaleLinear } from 'd3-scale'
import type { ReactNode } from 'react'
import { type DecayCurve as Curve, decayAt } from '#lib/decay'
import { count, counted, percent } from './format.ts'

type Props = Readonly<{ label: string; curve: Curve; days: number }>

const HEIGHT = 132
const LEFT = 44
const BOTTOM = 20
const STEPS = 96

/** How much of its points an event keeps with age; the same figures as a table for assistive technology. */
export function DecayCurve({ label, curve, days }: Props): ReactNode {
  const { ref, width: measured } = useElementSize<HTMLDivElement>()
  const width = Math.max(240, measured || 480)
  const span = curve === 'linear' ? days * 1.25 : days * 3
  const x = scaleLinear([0, span], [LEFT, width - 8])
  const y = scaleLinear([0, 1], [HEIGHT - BOTTOM, 8])
  const ages = Array.from({ length: STEPS + 1 }, (_, step) => (step * span) / STEPS)
  const path = ages.map(age => `${x(age).toFixed(1)},${y(decayAt(curve, age, days)).toFixed(1)}`).join('L')
  const left = decayAt(curve, days, days)
  return (
    <figure className="decay-curve" ref={ref}>
      <svg width={width} height={HEIGHT} aria-hidden>
        {[0, 0.5, 1].map(value => (
          <g key={value}>
            <line className="histogram__grid" x1={LEFT} x2={width - 8} y1={y(value)} y2={y(value)} />
            <text className="histogram__tick" x={LEFT - 8} y={y(value) + 4} textAnchor="end">
              {percent(value)}
            </text>
          </g>
        ))}
        <path d={`M${path}`} className="decay-curve__line" />
        <line className="decay-curve__mark" x1={x(days)} x2={x(days)} y1={y(left)} y2={y(0)} />
        <circle className="decay-curve__point" cx={x(days)} cy={y(left)} r={3} />
        <text className="histogram__tick" x={LEFT} y={HEIGHT - 4}>
          today
        </text>
        <text className="histogram__tick" x={x(days)} y={HEIGHT - 4} textAnchor="middle">
          {count(days)} d
        </text>
        <text className="histogram__tick" x={width - 8} y={HEIGHT - 4} textAnchor="end">
          {count(Math.round(span))} d ago
        </text>
      </svg>
      <figcaption className="decay-curve__caption">
        {percent(left)} is left after {counted(days, 'day')}
      </figcaption>
      <table className="unseen">
        <caption>{label}</caption>
        <tbody>
          {[0, 0.5, 1, 2, 3].map(times => (
            <tr key={times}>
              <th scope="row">{counted(Math.round(days * times), 'day')}</th>
              <td>{percent(decayAt(curve, Math.round(days * times), days))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}
