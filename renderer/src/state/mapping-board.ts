import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { type ReadAs, readingsOf } from '#schema/encodings'
import type { FileMapping } from '#schema/mapping'
import { missingFields, withoutReadings } from './mapping-edits.ts'

export type FilePlan = Output<'import.inspect'>['files'][number]
export type Proof = Output<'import.prove'>
export type KeyDoubt = Output<'import.compareKeys'>['doubts'][number]

/** How far the reading of one file to its end is. `waived`: the analyst does not wait for it. */
export type Reading =
  | Readonly<{ status: 'waiting' | 'reading' | 'ready' | 'waived' | 'held-back' }>
  /** `readings`: of a file whose encoding is asked for; empty where it failed otherwise. */
  | Readonly<{ status: 'failed'; code: string; message: string; readings: readonly ReadAs[] }>

export type BoardEntry = Readonly<{
  /** What the analyst made of the mapping; null: as the file was recognised. */
  edited: FileMapping | null
  reading: Reading
  /** What the last reading to the end proved, also while a newer one is under way. */
  proof: Proof | null
  /** Columns whose ids are not those that the other files and the project have. */
  keyDoubts?: readonly KeyDoubt[] | undefined
  /** Fields of which the analyst has said what fills them, as `keyField` names them. */
  keysSaid?: readonly string[] | undefined
}>

type Board = Readonly<{
  entries: Readonly<Record<string, BoardEntry>>
  /** How far the file that is read now is. */
  progress: Readonly<{ key: string; done: number; total: number | null; startedAt: number }> | null
  /** Rows folded or unfolded by hand, by row id. */
  opened: Readonly<Record<string, boolean>>
  /** Row the keyboard is on. */
  active: string | null
  /** Row whose choice is open. */
  picking: string | null
  /** Were the keys of the files compared, as they are read now? */
  isCompared: boolean
}>

const NEW: BoardEntry = { edited: null, reading: { status: 'waiting' }, proof: null }
const EMPTY: Board = { entries: {}, progress: null, opened: {}, active: null, picking: null, isCompared: true }

export const useBoard = create<Board>()(() => EMPTY)

/** Stands for one file: an archive gives several with one token. */
export function keyOf({ source, entry }: Pick<FilePlan, 'source' | 'entry'>): string {
  return entry === undefined ? source : `${source}/${entry}`
}

/** Whether a row belongs to a file. */
export function isRowOf(rowId: string | null, key: string): boolean {
  return rowId === key || rowId?.startsWith(`${key}|`) === true
}

export function entryOf(board: Pick<Board, 'entries'>, plan: FilePlan): BoardEntry {
  return board.entries[keyOf(plan)] ?? NEW
}

/** The mapping as it stands: what the analyst made of it, else what the file proved or was recognised as. */
export function mappingOf(plan: FilePlan, { edited, proof }: BoardEntry): FileMapping | null {
  return edited ?? proof?.mapping ?? plan.mapping ?? null
}

/** Files that join the board wait to be read; those that are gone leave it. */
export function seat(plan: readonly FilePlan[]): void {
  useBoard.setState(({ entries, active }) => {
    const seated = plan.map(file => [keyOf(file), entries[keyOf(file)] ?? newEntry(file)] as const)
    const isThere = plan.some(file => isRowOf(active, keyOf(file)))
    const [first] = plan
    return {
      entries: Object.fromEntries(seated),
      active: isThere ? active : first === undefined ? null : keyOf(first),
      picking: null,
      isCompared: plan.length === 0,
    }
  })
  if (running !== null && useBoard.getState().entries[running.key] === undefined) running.controller.abort()
}

function newEntry(file: FilePlan): BoardEntry {
  return file.table === null ? { ...NEW, reading: { status: 'held-back' } } : NEW
}

export function forgetBoard(): void {
  running?.controller.abort()
  useBoard.setState(EMPTY)
}

let running: Readonly<{ key: string; controller: AbortController }> | null = null
let isReading = false

/** Reads every waiting file to its end, small ones first, one after the other. */
export async function proveFiles(client: Pick<Client, 'import.prove'>, plan: () => readonly FilePlan[]): Promise<void> {
  if (isReading) return
  isReading = true
  try {
    for (;;) {
      const waiting = plan().filter(file => entryOf(useBoard.getState(), file).reading.status === 'waiting')
      const [next] = waiting.toSorted((a, b) => a.bytes - b.bytes)
      if (next === undefined) return
      await prove(client, next)
    }
  } finally {
    isReading = false
  }
}

async function prove(client: Pick<Client, 'import.prove'>, plan: FilePlan): Promise<void> {
  const key = keyOf(plan)
  const controller = new AbortController()
  running = { key, controller }
  const { edited } = entryOf(useBoard.getState(), plan)
  put(key, { reading: { status: 'reading' } })
  const startedAt = Date.now()
  useBoard.setState({ progress: { key, done: 0, total: plan.bytes, startedAt } })
  const { source, entry } = plan
  try {
    const proof = await client['import.prove'](
      { source, ...(entry === undefined ? {} : { entry }), ...(edited === null ? {} : { mapping: edited }) },
      {
        signal: controller.signal,
        onProgress: ({ done, total }) => {
          if (!controller.signal.aborted) useBoard.setState({ progress: { key, done, total, startedAt } })
        },
      },
    )
    if (!controller.signal.aborted) put(key, { reading: { status: 'ready' }, proof })
  } catch (error) {
    if (!controller.signal.aborted) put(key, { reading: failure(error) })
  } finally {
    running = null
    useBoard.setState({ progress: null })
  }
}

function failure(error: unknown): Reading {
  if (!(error instanceof AppError)) throw error
  const { code, message, context } = error
  return { status: 'failed', code, message, readings: readingsOf(context) }
}

/** Changes how a file is read; it is read to its end anew unless a required field has nothing to fill it. */
export function edit(plan: FilePlan, next: (mapping: FileMapping) => FileMapping): void {
  const entry = entryOf(useBoard.getState(), plan)
  const mapping = mappingOf(plan, entry)
  if (mapping !== null) give(plan, next(entry.edited ?? settled(mapping, plan, entry.proof)))
}

/** Reads a file by another mapping; null: as it was recognised, from the list that was chosen where one was. */
export function give(plan: FilePlan, mapping: FileMapping | null): void {
  const edited = mapping ?? (plan.recordsAt === undefined ? null : (plan.mapping ?? null))
  const key = keyOf(plan)
  if (running?.key === key) running.controller.abort()
  const isComplete =
    edited === null ? plan.table !== null : edited.tables.every(table => missingFields(table).length === 0)
  const before = entryOf(useBoard.getState(), plan).proof
  const proof = edited?.tables[0]?.table === before?.tables[0]?.table ? before : null
  put(key, { edited, proof, reading: { status: isComplete ? 'waiting' : 'held-back' } })
  useBoard.setState({ isCompared: false })
}

/** A mapping to be changed must not carry what a file did not prove: it would count as the analyst's answer. */
function settled(mapping: FileMapping, { recognition }: FilePlan, proof: Proof | null): FileMapping {
  if (proof === null) {
    const { encoding: _guessed, escape: _shown, ...rest } = mapping
    return recognition?.by === 'mapping' ? mapping : withoutReadings(rest, () => true)
  }
  return withoutReadings(mapping, ({ tableNo, field }) =>
    (proof.tables[tableNo]?.questions ?? []).some(question => question.field === field),
  )
}

/** Stops reading to the end; what is left open then stops the import instead. */
export function waiveReading(): void {
  running?.controller.abort()
  useBoard.setState(({ entries }) => ({
    isCompared: true,
    entries: Object.fromEntries(
      Object.entries(entries).map(([key, entry]) => [
        key,
        isUnderWay(entry) ? { ...entry, reading: { status: 'waived' as const } } : entry,
      ]),
    ),
  }))
}

/** The field that a doubt is about. */
export const keyField = ({ table, field }: Pick<KeyDoubt, 'table' | 'field'>): string => `${table}.${field}`

/** Doubts that nobody has answered. */
export function openDoubts({ keyDoubts = [], keysSaid = [] }: BoardEntry): readonly KeyDoubt[] {
  return keyDoubts.filter(doubt => !keysSaid.includes(keyField(doubt)))
}

/** Takes what the ids in other files say against the columns of files. */
export function keepDoubts(doubts: readonly KeyDoubt[]): void {
  useBoard.setState(({ entries }) => ({
    isCompared: true,
    entries: Object.fromEntries(
      Object.entries(entries).map(([key, entry]) => {
        const keyDoubts = doubts.filter(doubt => keyOf(doubt) === key)
        const isSame = keyDoubts.length === 0 && entry.keyDoubts === undefined
        return [key, isSame ? entry : { ...entry, keyDoubts }]
      }),
    ),
  }))
}

export function isUnderWay({ reading }: BoardEntry): boolean {
  return reading.status === 'waiting' || reading.status === 'reading'
}

export function activate(active: string | null): void {
  useBoard.setState({ active })
}

export function pick(picking: string | null): void {
  useBoard.setState(picking === null ? { picking } : { picking, active: picking })
}

export function setOpened(rowId: string, isOpen: boolean): void {
  useBoard.setState(({ opened }) => ({ opened: { ...opened, [rowId]: isOpen } }))
}

function put(key: string, entry: Partial<BoardEntry>): void {
  useBoard.setState(({ entries }) => {
    const before = entries[key]
    return before === undefined ? {} : { entries: { ...entries, [key]: { ...before, ...entry } } }
  })
}
