import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { dateTime } from './format.ts'

/** Name of a version, with what is special about it. */
export function VersionName({ name, marks }: Readonly<{ name: string; marks: readonly string[] }>): ReactNode {
  return (
    <span className="with-mark">
      <span className="clip">{name}</span>
      {marks.map(mark => (
        <span key={mark} className="muted">
          {mark}
        </span>
      ))}
    </span>
  )
}

/** When a version was made; one that nobody made came with the program. */
export function VersionDate({ at }: Readonly<{ at: number | null }>): ReactNode {
  return <span className="soft">{at === null ? 'with the program' : dateTime(at)}</span>
}

/** The beginning of a hash, whole on hovering. */
export function VersionHash({ hash }: Readonly<{ hash: string }>): ReactNode {
  return (
    <code className="muted" title={hash}>
      {hash.slice(0, 12)}
    </code>
  )
}

/** The mark of the one that is in force. */
export function InForce({ label }: Readonly<{ label: string }>): ReactNode {
  return (
    <span className="with-mark version-mark">
      <Check size={14} aria-hidden /> {label}
    </span>
  )
}
