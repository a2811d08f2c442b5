import type { ReactNode } from 'react'
import type { EntryChange } from '../../state/taxonomy-changes.ts'

const WHATS: Readonly<Record<EntryChange['what'], string>> = {
  new: 'new',
  removed: 'removed',
  changed: '',
  moved: 'moved in the order',
}

/** What changes about one kind. */
export function ChangeLine({
  change: { kind, what, added, removed, settings },
}: Readonly<{ change: EntryChange }>): ReactNode {
  return (
    <li className="review__change">
      <span className="review__kind">
        {kind} <span className="muted">{WHATS[what]}</span>
      </span>
      <span className="review__patterns">
        {settings.map(said => (
          <span key={said} className="review__setting">
            {said}
          </span>
        ))}
        {added.map(pattern => (
          <code key={`+${pattern}`} className="review__added">
            + {pattern}
          </code>
        ))}
        {removed.map(pattern => (
          <code key={`-${pattern}`} className="review__removed">
            − {pattern}
          </code>
        ))}
      </span>
    </li>
  )
}
