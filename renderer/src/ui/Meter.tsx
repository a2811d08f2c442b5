import type { ReactNode } from 'react'

type Props = Readonly<{ done: number; total: number | null; label: string }>

/** A thin bar of progress; without a total it only moves. */
export function Meter({ done, total, label }: Props): ReactNode {
  const share = total === null || total <= 0 ? null : Math.min(1, done / total)
  return (
    <div
      className={share === null ? 'meter meter--unknown' : 'meter'}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === null ? undefined : Math.floor(share * 100)}
    >
      <span style={share === null ? undefined : { width: `${share * 100}%` }} />
    </div>
  )
}
