import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'
import { runJob } from './jobs.ts'

export type Undoing = Output<'import.undo'>

/** The import that would be taken back, and what that would do; null: none is asked about. */
export const useUndo = create<Readonly<{ asked: Undoing | null; status: 'idle' | 'asking' | 'undoing' }>>()(() => ({
  asked: null,
  status: 'idle',
}))

/** What taking an import back would do; nothing is done yet. */
export async function askUndo(client: Pick<Client, 'import.undo'>, importId: number): Promise<void> {
  useUndo.setState({ asked: null, status: 'asking' })
  try {
    const asked = await client['import.undo']({ importId, dryRun: true })
    useUndo.setState({ asked, status: 'idle' })
  } catch (error) {
    forgetUndo()
    throw error
  }
}

/** Takes back what was asked about. */
export async function undo(client: Pick<Client, 'import.undo'>): Promise<void> {
  const { asked } = useUndo.getState()
  if (asked === null) return
  useUndo.setState({ status: 'undoing' })
  try {
    await runJob(`Undo ${asked.file}`, options => client['import.undo']({ importId: asked.importId }, options))
  } finally {
    forgetUndo()
  }
}

export function forgetUndo(): void {
  useUndo.setState({ asked: null, status: 'idle' })
}
