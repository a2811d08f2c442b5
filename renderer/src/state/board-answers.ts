import { create } from 'zustand'
import type { FileMapping } from '#schema/mapping'
import { edit, entryOf, give, useBoard } from './mapping-board.ts'
import { type FieldPlace, setEncoding, setSettings } from './mapping-edits.ts'
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

type Answers = Readonly<{ said: Answer | null; given: Given | null }>

export const useAnswers = create<Answers>()(() => ({ said: null, given: null }))

/** Keeps what was said last, so that it can be given to the other files that ask the same. */
export function keepAnswer(said: Answer): void {
  useAnswers.setState({ said })
}

/** The other files that ask what was answered. */
export function othersAsking(files: readonly BoardFile[], answer: Answer | null): readonly BoardFile[] {
  if (answer === null || !files.some(({ key }) => key === answer.key)) return []
  return files.filter(file => file.key !== answer.key && doesAsk(file, answer.setting))
}

/** Gives an answer to every other file that asks the same. */
export function giveToOthers(files: readonly BoardFile[], answer: Answer): void {
  const given = othersAsking(files, answer).map(file => {
    const before = entryOf(useBoard.getState(), file.plan).edited
    edit(file.plan, mapping => answered(mapping, file, answer))
    return [file.key, { before, after: entryOf(useBoard.getState(), file.plan).edited }] as const
  })
  if (given.length > 0) useAnswers.setState({ said: null, given: { answer, files: Object.fromEntries(given) } })
}

/** The files that were given the answer and are still read by it. */
export function filesGiven(files: readonly BoardFile[], given: Given | null): readonly BoardFile[] {
  return files.filter(({ key, entry }) => {
    const known = given?.files[key]
    return known !== undefined && known.after !== null && known.after === entry.edited
  })
}

/** Takes the answer back from all files that were given it; those that were changed since stay. */
export function takeBackAnswer(files: readonly BoardFile[]): void {
  const { given } = useAnswers.getState()
  for (const { plan, key } of filesGiven(files, given)) give(plan, given?.files[key]?.before ?? null)
  useAnswers.setState({ said: given?.answer ?? null, given: null })
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
  const settings = settingsOf(setting, value)
  return placesAsking(file, setting).reduce((next, place) => setSettings(next, place, settings), mapping)
}

/** An answer as a setting of a field. */
export function settingsOf(setting: Answer['setting'], value: string): Parameters<typeof setSettings>[2] {
  if (setting === 'decimal') return { decimal: value === ',' ? ',' : '.' }
  return setting === 'timeZone' ? { timeZone: value } : { dateOrder: value === 'dmy' ? 'dmy' : 'mdy' }
}
