import { create } from 'zustand'
import type { ProjectEntry, ShellApi } from '../platform/shell-api.ts'

type Recent = Readonly<{ status: 'loading' | 'ready' | 'failed'; projects: readonly ProjectEntry[] }>

export const useRecent = create<Recent>()(() => ({ status: 'loading', projects: [] }))

export async function loadRecent(shell: Pick<ShellApi, 'listProjects'>): Promise<void> {
  try {
    useRecent.setState({ status: 'ready', projects: await shell.listProjects() })
  } catch (error) {
    useRecent.setState({ status: 'failed' })
    throw error
  }
}
