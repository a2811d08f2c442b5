import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'
import { runJob } from './jobs.ts'

export type Undoing = Output<'import.undo'>
type ListedImport = Output<'import.list'>['imports'][number]

type State = Readonly<{ asked: readonly Undoing[]; status: 'idle' | 'asking' | 'undoing' }>

/** What would be taken back of a file, table by table, and what that would do; none: nothing is asked about. */
export const useUndo = create<State>()(() => ({ asked: [], status: 'idle' }))

/** What taking a file back would do, out of every table that it fed in that import; nothing is done yet. */
export async function askUndo(
  client: Pick<Client, 'import.undo'>,
  { batchId, file }: Pick<ListedImport, 'batchId' | 'file'>,
  list: readonly ListedImport[],
): Promise<void> {
  const own = list.filter(other => other.batchId === batchId && other.file === file && isUndoable(other))
  useUndo.setState({ asked: [], status: 'asking' })
  try {
    const asked: Undoing[] = []
    for (const { importId } of own.toSorted((a, b) => b.importId - a.importId))
      asked.push(await client['import.undo']({ importId, dryRun: true }))
    useUndo.setState({ asked, status: 'idle' })
  } catch (error) {
    forgetUndo()
    throw error
  }
}

const isUndoable = ({ undoneAt, undoRefusal }: ListedImport): boolean => undoneAt === null && undoRefusal === null

/** Takes back what was asked about. */
export async function undo(client: Pick<Client, 'import.undo'>): Promise<void> {
  const { asked } = useUndo.getState()
  useUndo.setState({ status: 'undoing' })
  try {
    for (const { importId, file } of asked)
      await runJob(`Undo ${file}`, options => client['import.undo']({ importId }, options))
  } finally {
    forgetUndo()
  }
}

export function forgetUndo(): void {
  useUndo.setState({ asked: [], status: 'idle' })
}
