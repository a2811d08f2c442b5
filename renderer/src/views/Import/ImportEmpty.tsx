import { Button } from '@mantine/core'
import { FileDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { chooseAndTake } from '../../state/intake.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { TableGuide } from './TableGuide.tsx'

/** Nothing imported yet: how to begin, and which columns are looked for. */
export function ImportEmpty(): ReactNode {
  const platform = useServices()
  return (
    <div className="screen__body import-empty">
      <EmptyState
        icon={<FileDown size={24} strokeWidth={1.5} />}
        title="Drop exports anywhere on this window"
        action={<Button onClick={() => perform(chooseAndTake(platform))}>Choose files</Button>}
      >
        Several files and folders at once; CSV, TSV, JSON or JSON Lines, plain, .gz or .zip. Users, workspaces and
        events are enough to score. Files are read first, and nothing is imported until it is confirmed.
      </EmptyState>
      <TableGuide />
    </div>
  )
}
