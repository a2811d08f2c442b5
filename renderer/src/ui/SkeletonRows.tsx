import type { ReactNode } from 'react'

type Props = Readonly<{ rows: number; label: string }>

/** Grey rows in the place of rows that are on their way. */
export function SkeletonRows({ rows, label }: Props): ReactNode {
  return (
    <div role="status" aria-label={label} className="skeleton-rows">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
        <div key={row} className="skeleton-rows__row" aria-hidden>
          <span className="skeleton-rows__bar" style={{ width: `${30 + ((row * 37) % 30)}%` }} />
          <span className="skeleton-rows__bar" style={{ width: `${8 + ((row * 13) % 8)}%` }} />
          <span className="skeleton-rows__bar" style={{ width: `${14 + ((row * 29) % 16)}%` }} />
        </div>
      ))}
    </div>
  )
}
