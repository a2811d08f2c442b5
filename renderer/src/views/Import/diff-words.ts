import { sum } from '#lib/num'
import { type ImportMode, modeOf, type ReviewKind, type StagedFile, type useBatch } from '../../state/import-batch.ts'
import { recordCounts } from '../../state/physical-files.ts'
import { count, counted } from '../../ui/format.ts'

export const MODES: Readonly<Record<ImportMode, Readonly<{ label: string; means: string }>>> = {
  upsert: {
    label: 'Add and update',
    means: 'New rows are added, known ones take the values of the file, others stay.',
  },
  append: { label: 'Add only', means: 'New rows are added; rows that are there stay as they are.' },
  replace: { label: 'Replace', means: 'As add and update, and rows that no file has leave the table.' },
}

export const KINDS: Readonly<Record<ReviewKind, string>> = {
  new: 'New',
  changed: 'Changed',
  missing: 'Missing',
  repeated: 'Repeated',
  differingCopies: 'Differing',
  held: 'Held',
}

type Effect = Readonly<{ adds: number; changes: number; leaves: number }>

/** What publishing a file in a mode does to its table. Rows that are spared are not among those that are missing. */
export function effectOf(file: StagedFile, mode: ImportMode): Effect {
  if (file.alreadyImported) return { adds: 0, changes: 0, leaves: 0 }
  return {
    adds: file.new,
    changes: mode === 'append' ? 0 : file.changed,
    leaves: mode === 'replace' ? file.missing : 0,
  }
}

/** `Adds 12, changes 30, takes out 4`; `Changes nothing`. */
export function effectWords({ adds, changes, leaves }: Effect): string {
  const parts = [
    adds > 0 ? `adds ${count(adds)}` : null,
    changes > 0 ? `changes ${count(changes)}` : null,
    leaves > 0 ? `takes out ${count(leaves)}` : null,
  ].filter(part => part !== null)
  const text = parts.length === 0 ? 'changes nothing' : parts.join(', ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

type Reviewed = Pick<ReturnType<typeof useBatch.getState>, 'modes'> &
  Readonly<{ batch: NonNullable<ReturnType<typeof useBatch.getState>['batch']> }>

/** One sentence for the whole batch. */
export function diffSum({ batch, modes }: Reviewed): string {
  const effects = batch.files.map(file => ({ table: file.table, ...effectOf(file, modeOf({ modes, batch }, file)) }))
  const tables = Map.groupBy(effects, ({ table }) => table)
  const total = {
    adds: sum(effects.map(({ adds }) => adds)),
    changes: sum(effects.map(({ changes }) => changes)),
    // files of one table are its whole together, and miss the same rows
    leaves: sum([...tables.values()].map(files => Math.max(...files.map(({ leaves }) => leaves)))),
  }
  const { held } = recordCounts(batch.files.map(heldStill))
  // The noun stands behind the last figure.
  const last = total.leaves || total.changes || total.adds
  const rows = last === 0 ? '' : last === 1 ? ' row' : ' rows'
  const emptied = emptiedOf(
    batch.files.filter(file => !file.alreadyImported && modeOf({ modes, batch }, file) !== 'append'),
  )
  const loss = emptied === '' ? '' : ` It empties ${emptied}.`
  const aside = held === 0 ? '' : ` ${counted(held, 'row is', 'rows are')} held.`
  return `Nothing is published yet. Publishing ${effectWords(total).toLowerCase()}${rows}.${loss}${aside}`
}

/** Of a file that was read before, what was fixed or left out since is held no more: its rules are those of now. */
function heldStill(file: StagedFile): StagedFile {
  return file.alreadyImported ? { ...file, held: sum(file.heldRules.map(({ count: rows }) => rows)) } : file
}

/** Columns that are named; the others are counted. */
const MOST_EMPTIED = 3

/** `name in 231 rows of users, job_title in 12 rows of users`: what blank cells of the files take away. */
export function emptiedOf(files: readonly Pick<StagedFile, 'table' | 'emptied'>[]): string {
  const parts = files.flatMap(({ table, emptied }) =>
    emptied.map(({ column, rows }) => `${column} in ${counted(rows, 'row', 'rows')} of ${table}`),
  )
  const more = parts.length - MOST_EMPTIED
  return more <= 1
    ? parts.join(', ')
    : `${parts.slice(0, MOST_EMPTIED).join(', ')} and ${counted(more, 'more column', 'more columns')}`
}
