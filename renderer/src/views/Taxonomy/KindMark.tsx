import type { ReactNode } from 'react'
import { categoryOf } from './category-words.ts'

type Props = Readonly<{ kind: string; category: string }>

/** A kind with the colour of its category. */
export function KindMark({ kind, category }: Props): ReactNode {
  const { label, color } = categoryOf(category)
  return (
    <span className="with-mark" title={`${kind}, category ${label}`}>
      <span className="kind-mark" style={{ background: color }} aria-hidden />
      <span className="clip">{kind}</span>
    </span>
  )
}
