import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { loadProject } from '../../state/project.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** Nothing can be shown: the engine did not answer at the start. */
export function EngineFailure(): ReactNode {
  const { client } = useServices()
  return (
    <main id="main" className="centred">
      <EmptyState
        title="The engine does not answer"
        action={<Button onClick={() => perform(loadProject(client))}>Try again</Button>}
      >
        The window is open, but the process that holds the project cannot be reached. Start the program again if this
        stays.
      </EmptyState>
    </main>
  )
}
