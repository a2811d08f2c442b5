import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'
import { forgetProject } from './session.ts'

export type Summary = Output<'project.summary'>
type ProjectState = Readonly<{
  status: 'loading' | 'none' | 'open' | 'failed'
  version: string | null
  summary: Summary | null
}>

export const useProject = create<ProjectState>()(() => ({ status: 'loading', version: null, summary: null }))

/** What is open now, asked once at the start. */
export async function loadProject(client: Pick<Client, 'app.info' | 'project.summary'>): Promise<void> {
  try {
    const info = await client['app.info']({})
    const summary = info.project === null ? null : await client['project.summary']({})
    useProject.setState({ status: summary === null ? 'none' : 'open', version: info.version, summary })
  } catch (error) {
    useProject.setState({ status: 'failed' })
    throw error
  }
}

/** The figures of the strip anew, after anything that changes them. */
export async function refreshSummary(client: Pick<Client, 'project.summary'>): Promise<void> {
  useProject.setState({ status: 'open', summary: await client['project.summary']({}) })
}

export async function createProject(client: Pick<Client, 'project.create'>, target: string): Promise<void> {
  const summary = await client['project.create']({ target })
  forgetProject()
  useProject.setState({ status: 'open', summary })
}

export async function openProject(client: Pick<Client, 'project.open'>, source: string): Promise<void> {
  const summary = await client['project.open']({ source })
  forgetProject()
  useProject.setState({ status: 'open', summary })
}

export async function closeProject(client: Pick<Client, 'project.close'>): Promise<void> {
  await client['project.close']({})
  forgetProject()
  useProject.setState({ status: 'none', summary: null })
}
