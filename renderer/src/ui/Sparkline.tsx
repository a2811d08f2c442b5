import { scaleLinear } from 'd3-scale'
import type { ReactNode } from 'react'

type Props = Readonly<{
  values: readonly number[]
  /** Words for one value, for the readable table. */
  nameOf: (index: number) => string
  label: string
  startLabel: string
  endLabel: string
}>

const WIDTH = 100
const HEIGHT = 36

/** One thin bar per day; the same figures as a table for assistive technology. */
export function Sparkline({ values, nameOf, label, startLabel, endLabel }: Props): ReactNode {
  const y = scaleLinear([0, Math.max(1, ...values)], [0, HEIGHT - 1])
  const step = WIDTH / Math.max(1, values.length)
  return (
    <figure className="sparkline">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className="sparkline__plot" aria-hidden>
        <line x1="0" x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} className="sparkline__base" />
        {values.map((value, index) =>
          value > 0 ? (
            <rect
              key={nameOf(index)}
              x={index * step + step * 0.12}
              width={step * 0.76}
              y={HEIGHT - 1 - y(value)}
              height={y(value)}
              className="sparkline__bar"
            />
          ) : null,
        )}
      </svg>
      <figcaption className="sparkline__ends">
        <span>{startLabel}</span>
        <span>{label}</span>
        <span>{endLabel}</span>
      </figcaption>
      <table className="unseen">
        <caption>{label}</caption>
        <tbody>
          {values.map((value, index) => (
            <tr key={nameOf(index)}>
              <th scope="row">{nameOf(index)}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}
