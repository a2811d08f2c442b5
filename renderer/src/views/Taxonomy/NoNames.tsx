import { Button } from '@mantine/core'
import { Tags } from 'lucide-react'
import type { ReactNode } from 'react'
import { go } from '../../state/navigation.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'

/** No events yet: says what the screen is for and where they come from. */
export function NoNames(): ReactNode {
  return (
    <div className="screen">
      <div className="screen__head">
        <h1 className="screen__title">Taxonomy</h1>
      </div>
      <EmptyState
        icon={<Tags size={24} strokeWidth={1.5} />}
        title="No events have been imported yet"
        action={<Button onClick={() => go('import')}>Go to Import</Button>}
      >
        The taxonomy says what each event name is: a pricing page view, an invitation, a login. It needs an export of
        events.
      </EmptyState>
    </div>
  )
}
