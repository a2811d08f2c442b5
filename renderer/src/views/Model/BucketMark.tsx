import type { ReactNode } from 'react'
import { bucketOf } from '../words.ts'

/** A bucket by its colour and its name. */
export function BucketMark({ id }: Readonly<{ id: string }>): ReactNode {
  const { label, color, means } = bucketOf(id)
  return (
    <span className="with-mark" title={means}>
      <span className="bucket-mark" style={{ background: color }} aria-hidden />
      <span className="clip">{label}</span>
    </span>
  )
}
