import { Check, Circle } from 'lucide-react'
import type { ReactNode } from 'react'

/** One milestone of a list, marked as reached or open. */
export function MilestoneLine({ holds, children }: Readonly<{ holds: boolean; children: ReactNode }>): ReactNode {
  const Mark = holds ? Check : Circle
  return (
    <li className={holds ? 'milestones__line is-reached' : 'milestones__line'}>
      <Mark size={14} role="img" aria-label={holds ? 'reached' : 'open'} />
      {children}
    </li>
  )
}
