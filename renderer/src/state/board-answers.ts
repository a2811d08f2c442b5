import { create } from 'zustand'
import type { FileMapping } from '#schema/mapping'
import { edit, entryOf, give, useBoard } from './mapping-board.ts'
import { type FieldPlace, setAllSettings, setEncoding, type setSettings } from './mapping-edits.ts'
import type { BoardFile } from './mapping-rows.ts'

/** What was said about one file that others may ask too. */
export type Answer = Readonly<{
  setting: 'dateOrder' | 'decimal' | 'timeZone' | 'encoding'
  value: string
  /** File that it was said of. */
  key: string
  file: string
}>

/** An answer given to other files, with how each was read before and after. */
type Given = Readonly<{
  answer: Answer
  files: Readonly<Record<string, Readonly<{ before: FileMapping | null; after: FileMapping | null }>>>
}>

/** What was said last, and what was given, the newest last. */
type Answers = Readonly<{ said: Answer | null; given: readonly Given[] }>

export const useAnswers = create<Answers>()(() => ({ said: null, given: [] }))

/** Keeps what was said last, so that it can be given to the other files that ask the same. */
export function keepAnswer(said: Answer): void {
  useAnswers.setState({ said })
}

/** The other files that ask what was answered. */
export function othersAsking(
  files: readonly BoardFile[],
  answer: Pick<Answer, 'key' | 'setting'> | null,
): readonly BoardFile[] {
  if (answer === null || !files.some(({ key }) => key === answer.key)) return []
  return files.filter(file => file.key !== answer.key && doesAsk(file, answer.setting))
}

/** Gives an answer to every other file that asks the same. */
export function giveToOthers(all: readonly BoardFile[], answer: Answer): void {
  const given = othersAsking(all, answer).map(file => {
    const before = entryOf(useBoard.getState(), file.plan).edited
    edit(file.plan, mapping => answered(mapping, file, answer))
    return [file.key, { before, after: entryOf(useBoard.getState(), file.plan).edited }] as const
  })
  if (given.length === 0) return
  const files = Object.fromEntries(given)
  useAnswers.setState(known => ({ said: null, given: [...known.given, { answer, files }] }))
}

/** The newest answer that other files were given and are still read by, with these files; null where none is. */
export function newestGiven(
  files: readonly BoardFile[],
  given: readonly Given[],
): Readonly<{ answer: Answer; files: readonly BoardFile[] }> | null {
  for (const one of given.toReversed()) {
    const taken = filesGiven(files, one)
    if (taken.length > 0) return { answer: one.answer, files: taken }
  }
  return null
}

/** The answers of other files that a file is read by, the newest first. */
export function answersOf(file: BoardFile, given: readonly Given[]): readonly Answer[] {
  let at = file.entry.edited
  return given.toReversed().flatMap(one => {
    const known = one.files[file.key]
    if (known === undefined || known.after === null || known.after !== at) return []
    at = known.before
    return [one.answer]
  })
}

/** Takes the newest answer back from all files that were given it; those that were changed since stay. @returns whether there was any */
export function takeBackAnswer(files: readonly BoardFile[]): boolean {
  const { given } = useAnswers.getState()
  const newest = newestGiven(files, given)
  if (newest === null) return false
  const at = given.findLastIndex(({ answer }) => answer === newest.answer)
  for (const { plan, key } of newest.files) give(plan, given[at]?.files[key]?.before ?? null)
  useAnswers.setState({ said: newest.answer, given: given.slice(0, at) })
  return true
}

function filesGiven(files: readonly BoardFile[], given: Given): readonly BoardFile[] {
  return files.filter(({ key, entry }) => {
    const known = given.files[key]
    return known !== undefined && known.after !== null && known.after === entry.edited
  })
}

function doesAsk(file: BoardFile, setting: Answer['setting']): boolean {
  if (setting === 'encoding') return file.asks.some(({ kind }) => kind === 'encoding')
  return placesAsking(file, setting).length > 0
}

/** The fields of a file that ask for an order of dates, a decimal mark or a time zone. */
export function placesAsking(file: BoardFile, setting: Answer['setting']): readonly FieldPlace[] {
  if (setting === 'timeZone') return file.tables.flatMap(({ tableNo }) => timesWithoutZone(file, tableNo))
  return file.asks.flatMap(ask =>
    ask.kind === 'reading' && ask.question.setting === setting
      ? [{ tableNo: ask.line.tableNo, field: ask.question.field }]
      : [],
  )
}

/** Times of a table that were read as UTC because nobody said where they are of. */
export function timesWithoutZone({ tables }: Pick<BoardFile, 'tables'>, tableNo: number): readonly FieldPlace[] {
  const table = tables[tableNo]
  if (table?.proof?.notes.some(({ code }) => code === 'note/no-offset') !== true) return []
  return table.lines.flatMap(({ type, field, mapped }) =>
    type === 'moment' && field !== null && mapped?.timeZone === undefined ? [{ tableNo, field }] : [],
  )
}

function answered(mapping: FileMapping, file: BoardFile, { setting, value }: Answer): FileMapping {
  if (setting === 'encoding') return setEncoding(mapping, value)
  return setAllSettings(mapping, placesAsking(file, setting), settingsOf(setting, value))
}

/** An answer as a setting of a field. */
export function settingsOf(setting: Answer['setting'], value: string): Parameters<typeof setSettings>[2] {
  if (setting === 'decimal') return { decimal: value === ',' ? ',' : '.' }
  return setting === 'timeZone'
    ? { timeZone: value }
    : { dateOrder: value === 'dmy' || value === 'ymd' ? value : 'mdy' }
}
