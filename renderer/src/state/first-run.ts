import { create } from 'zustand'
import type { Client } from '#contract/contract'
import type { ShellApi } from '../platform/shell-api.ts'
import { importPlan, inspectFiles } from './imports.ts'
import { useNavigation } from './navigation.ts'
import { createProject, refreshSummary } from './project.ts'
import { rescoreAndShow } from './scoring.ts'

type Step = 'project' | 'read' | 'import' | 'score'

/** How far the one-click sample is; null when it is not under way. */
export const useFirstRun = create<Readonly<{ step: Step | null }>>()(() => ({ step: null }))

/** A new project from the shipped exports: read, imported, scored, and shown. */
export async function openSample(client: Client, shell: ShellApi): Promise<void> {
  useFirstRun.setState({ step: 'project' })
  try {
    const place = await shell.newProject('Sample')
    if (place === null) return
    await createProject(client, place.token)
    const { screen } = useNavigation.getState()
    useFirstRun.setState({ step: 'read' })
    await inspectFiles(client, await shell.sampleFiles())
    useFirstRun.setState({ step: 'import' })
    await importPlan({ client, shell })
    await refreshSummary(client)
    useFirstRun.setState({ step: 'score' })
    await rescoreAndShow(client, screen)
  } finally {
    useFirstRun.setState({ step: null })
  }
}
