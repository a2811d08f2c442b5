import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Platform } from '../../platform/platform.ts'
import { openProject } from '../../state/project.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** The system's dialog for a project elsewhere; a browser has none, there the list is all. */
export function OpenOther(): ReactNode {
  const platform = useServices()
  if (platform.shell.chooseProject === null) return null
  return (
    <Button variant="default" onClick={() => perform(chooseAndOpen(platform))}>
      Open another project
    </Button>
  )
}

async function chooseAndOpen({ client, shell }: Platform): Promise<void> {
  const place = await shell.chooseProject?.()
  if (place !== null && place !== undefined) await openProject(client, place.token)
}
