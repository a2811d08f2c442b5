import { create } from 'zustand'
import type { Client, Input } from '#contract/contract'
import { AppError } from '#lib/errors'
import type { HeldChange, HeldOutcome } from './held-fix.ts'

type Edit = Extract<Input<'held.fix'>['change'], { kind: 'edits' }>['edits'][number]
export type RowEdit = Readonly<Omit<Edit, 'heldId'>>

type HeldEdits = Readonly<{
  /** The import whose rows are edited: those of one at a time. */
  importId: number | null
  /** By heldId. */
  edits: Readonly<Record<number, RowEdit>>
  status: 'idle' | 'asking' | 'ready' | 'failed'
  outcome: HeldOutcome | null
  problem: string | null
}>

const NONE: HeldEdits = { importId: null, edits: {}, status: 'idle', outcome: null, problem: null }

export const useHeldEdits = create<HeldEdits>()(() => NONE)
let latest = 0

/** What one cell of a row says now: of a column, of a field that is worked out, or of the record as a whole. */
export type CellPlace = Readonly<{ kind: 'cell'; at: number } | { kind: 'field'; column: string } | { kind: 'record' }>

/** The text that was typed into a cell; null where nothing was. */
export function editedText(edit: RowEdit | undefined, place: CellPlace): string | null {
  if (edit === undefined) return null
  if (place.kind === 'record') return edit.record ?? null
  return (place.kind === 'cell' ? edit.cells?.[String(place.at)] : edit.fields?.[place.column]) ?? null
}

/** Keeps what was typed into a cell; a text as it was takes the edit back. What it comes to is asked at once. */
export async function editCell(
  client: Pick<Client, 'held.preview'>,
  row: Readonly<{ importId: number; heldId: number; before: string }>,
  place: CellPlace,
  text: string,
): Promise<void> {
  const { importId, edits } = useHeldEdits.getState()
  const known = importId === row.importId ? edits : {}
  const edit = withText(known[row.heldId] ?? {}, place, text === row.before ? null : text)
  const { [row.heldId]: _before, ...others } = known
  const next = edit === null ? others : { ...others, [row.heldId]: edit }
  useHeldEdits.setState({ importId: row.importId, edits: next })
  await askEdits(client)
}

/** The edits as the contract takes them; null where there are none. */
export function editsChange({ importId, edits }: Pick<HeldEdits, 'importId' | 'edits'>): HeldChange | null {
  const list = Object.entries(edits).map(([heldId, edit]) => ({ heldId: Number(heldId), ...edit }))
  return importId === null || list.length === 0 ? null : { kind: 'edits', importId, edits: list }
}

export function forgetEdits(): void {
  latest += 1
  useHeldEdits.setState(NONE)
}

async function askEdits(client: Pick<Client, 'held.preview'>): Promise<void> {
  const question = ++latest
  const change = editsChange(useHeldEdits.getState())
  if (change === null) {
    useHeldEdits.setState(NONE)
    return
  }
  useHeldEdits.setState({ status: 'asking' })
  try {
    const outcome = await client['held.preview']({ change })
    if (question === latest) useHeldEdits.setState({ status: 'ready', outcome, problem: null })
  } catch (error) {
    if (question !== latest) return
    const isExpected = error instanceof AppError && error.code.startsWith('usage/')
    useHeldEdits.setState({ status: 'failed', outcome: null, problem: isExpected ? error.message : null })
    if (!isExpected) throw error
  }
}

function withText(edit: RowEdit, place: CellPlace, text: string | null): RowEdit | null {
  if (place.kind === 'record') return text === null ? null : { record: text }
  const { record: _record, ...rest } = edit
  const next: RowEdit =
    place.kind === 'cell'
      ? { ...rest, cells: changed(rest.cells, String(place.at), text) }
      : { ...rest, fields: changed(rest.fields, place.column, text) }
  const isEmpty = Object.keys(next.cells ?? {}).length + Object.keys(next.fields ?? {}).length === 0
  return isEmpty ? null : next
}

function changed(
  texts: Readonly<Record<string, string>> | undefined,
  key: string,
  text: string | null,
): Record<string, string> {
  const { [key]: _before, ...others } = texts ?? {}
  return text === null ? others : { ...others, [key]: text }
}
