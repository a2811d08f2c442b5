import type { ReactNode } from 'react'

type Props = Readonly<{ values: ArrayLike<number>; label: string }>

const WIDTH = 96
const HEIGHT = 18

/** A bar per day within a line of a table; the panel of the name has the same days as a table. */
export function DayBars({ values, label }: Props): ReactNode {
  const most = Math.max(1, ...Array.from(values))
  const step = WIDTH / Math.max(1, values.length)
  return (
    <svg className="day-bars" width={WIDTH} height={HEIGHT} role="img" aria-label={label}>
      <line x1="0" x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} className="day-bars__base" />
      {Array.from(values, (value, day) =>
        value === 0 ? null : (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a day has no identity but its place
            key={day}
            x={day * step + 0.4}
            width={step - 0.8}
            y={HEIGHT - 1 - Math.max(1, ((HEIGHT - 2) * value) / most)}
            height={Math.max(1, ((HEIGHT - 2) * value) / most)}
          />
        ),
      )}
    </svg>
  )
}
