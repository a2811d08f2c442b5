import type { ReactNode } from 'react'
import { difference } from '../../ui/format.ts'

type Props = Readonly<{ from: number; to: number }>

/** `+4` or `−2`: how a figure differs from the base; nothing where it does not. */
export function Change({ from, to }: Props): ReactNode {
  if (from === to) return null
  return <span className="change">{difference(to - from)}</span>
}
