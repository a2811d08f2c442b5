import type { ReactNode } from 'react'
import { channelOf } from '../words.ts'

/** A destination or channel with its sign. */
export function DestinationMark({ id }: Readonly<{ id: string }>): ReactNode {
  const { label, means, icon: Icon, color } = channelOf(id)
  return (
    <span className="with-mark" title={means}>
      <Icon size={14} strokeWidth={1.75} color={color} aria-hidden />
      <span className="clip">{label}</span>
    </span>
  )
}
