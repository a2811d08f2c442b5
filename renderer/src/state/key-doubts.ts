import type { Client, Input } from '#contract/contract'
import { AppError } from '#lib/errors'
import type { FileMapping } from '#schema/mapping'
import { edit, entryOf, type FilePlan, isUnderWay, keepDoubts, keyField, keyOf, useBoard } from './mapping-board.ts'
import { assign, setAside } from './mapping-edits.ts'
import type { KeyAsk } from './mapping-lines.ts'

/** What is on the board, as an import would take it. */
type OnBoard = Pick<Input<'import.compareKeys'>, 'sources' | 'mappings' | 'leaveOut'> &
  Readonly<{ plan: readonly FilePlan[] }>

let isComparing = false

/** Compares the keys of the files with the ids that the others name, once all were read; again where the board changes meanwhile. */
export async function compareKeys(client: Pick<Client, 'import.compareKeys'>, now: () => OnBoard): Promise<void> {
  if (isComparing) return
  isComparing = true
  try {
    for (;;) {
      const { plan, ...input } = now()
      const board = useBoard.getState()
      if (board.isCompared || plan.length === 0 || plan.some(file => isUnderWay(entryOf(board, file)))) return
      await compareOnce(client, input)
    }
  } finally {
    isComparing = false
  }
}

async function compareOnce(client: Pick<Client, 'import.compareKeys'>, input: Omit<OnBoard, 'plan'>): Promise<void> {
  const { entries } = useBoard.getState()
  const isAsBefore = (): boolean => sameFiles(entries, useBoard.getState().entries)
  const controller = new AbortController()
  const forget = useBoard.subscribe(state => {
    if (state.isCompared || !sameFiles(entries, state.entries)) controller.abort()
  })
  try {
    const { doubts } = await client['import.compareKeys'](input, { signal: controller.signal })
    if (isAsBefore()) keepDoubts(doubts)
  } catch (error) {
    // Where files changed meanwhile they are compared anew; an import that nobody waits for tells itself.
    if (isAsBefore()) keepDoubts([])
    if (!(error instanceof AppError && error.code === 'run/cancelled')) throw error
  } finally {
    forget()
  }
}

type Entries = ReturnType<typeof useBoard.getState>['entries']

function sameFiles(a: Entries, b: Entries): boolean {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every(key => a[key]?.edited === b[key]?.edited && key in b)
}

/** Reads a file by the column that the others refer to, or by none, or goes on with the one it has; asked once. */
export function answerKey(plan: FilePlan, { line, doubt }: KeyAsk, isOther: boolean): void {
  const key = keyOf(plan)
  edit(plan, mapping => (isOther ? otherwise(mapping, line.tableNo, doubt) : mapping))
  useBoard.setState(({ entries }) => {
    const entry = entries[key]
    return entry === undefined
      ? {}
      : { entries: { ...entries, [key]: { ...entry, keysSaid: [...(entry.keysSaid ?? []), keyField(doubt)] } } }
  })
}

function otherwise(mapping: FileMapping, tableNo: number, { field, other, headers }: KeyAsk['doubt']): FileMapping {
  if (other !== null) return assign(mapping, { tableNo, field }, other, null)
  const leave = (next: FileMapping, header: string): FileMapping =>
    setAside(next, tableNo, header, { before: field, isKept: true })
  return headers.reduce(leave, mapping)
}
