import { TABLE_NAMES } from '#schema/tables'
import {
  type Answer,
  giveToOthers,
  keepAnswer,
  othersAsking,
  placesAsking,
  settingsOf,
  takeBackAnswer,
  useAnswers,
} from '../../state/board-answers.ts'
import { useImports } from '../../state/imports.ts'
import { answerKey } from '../../state/key-doubts.ts'
import { activate, edit, give, isRowOf, pick, useBoard } from '../../state/mapping-board.ts'
import {
  assign,
  type FieldPlace,
  mappingForTable,
  setAllSettings,
  setAside,
  setConstant,
  setEncoding,
  setEscape,
} from '../../state/mapping-edits.ts'
import type { Ask, KeyAsk, Line, Question } from '../../state/mapping-lines.ts'
import { type BoardFile, type BoardRow, boardFiles, showAsk } from '../../state/mapping-rows.ts'

/** Takes a choice of the list of fields for a column. */
export function chooseField({ plan }: BoardFile, line: Line, choice: string): void {
  const { tableNo, header, field } = line
  if (choice.startsWith('field:')) {
    const wanted = choice.slice('field:'.length)
    if (wanted !== field && header !== null)
      edit(plan, mapping => assign(mapping, { tableNo, field: wanted }, header, field))
  } else if (header !== null) {
    edit(plan, mapping => setAside(mapping, tableNo, header, { before: field, isKept: choice === 'custom' }))
  }
  endPick()
}

/** Reads a file as another table; as it was recognised where that is the table. */
export function chooseTable({ plan, entry }: BoardFile, choice: string): void {
  const table = TABLE_NAMES.find(name => name === choice)
  const said = entry.edited?.escape
  const answered = said === undefined ? {} : { escape: said }
  if (table !== undefined) give(plan, table === plan.table ? null : { ...mappingForTable(table, plan), ...answered })
  endPick()
}

/** Says what the backslashes of a file are; it is read to its end anew. */
export function chooseEscape({ plan }: BoardFile, meaning: Escape): void {
  edit(plan, mapping => setEscape(mapping, meaning))
}

/** What the backslashes of a file are as it is read now: as somebody said, as the whole file proves, or as its head shows. */
export function escapeOf({ plan, entry: { edited, proof } }: Pick<BoardFile, 'plan' | 'entry'>): Escape {
  return edited?.escape ?? proof?.mapping?.escape ?? plan.escape ?? 'none'
}

type Escape = NonNullable<BoardFile['plan']['escape']>

/** Fills a field from a column, or with one value for every row. */
export function fillField({ plan, tables }: BoardFile, place: FieldPlace, choice: string): void {
  if (choice.startsWith('header:')) {
    const header = choice.slice('header:'.length)
    const before = tables[place.tableNo]?.lines.find(line => line.header === header)?.field ?? null
    edit(plan, mapping => assign(mapping, place, header, before))
  } else if (choice.startsWith('constant:')) {
    edit(plan, mapping => setConstant(mapping, place, choice.slice('constant:'.length)))
  }
  endPick()
}

/** Answers what a column could not prove: for itself, or for every column of the file that asks the same. */
export function answer(file: BoardFile, line: Line, question: Question, choice: string): void {
  const [value = '', scope = ''] = choice.split(' ')
  const { setting } = question
  const places = scope === '' ? [{ tableNo: line.tableNo, field: question.field }] : placesAsking(file, setting)
  edit(file.plan, mapping => setAllSettings(mapping, places, settingsOf(setting, value)))
  shareAnswer(answerOf(file, setting, value), scope === 'files')
  goOn(file)
}

export function answerEncoding(file: BoardFile, choice: string): void {
  const [encoding = '', scope = ''] = choice.split(' ')
  edit(file.plan, mapping => setEncoding(mapping, encoding))
  shareAnswer(answerOf(file, 'encoding', encoding), scope === 'files')
  goOn(file)
}

/** Says which of two columns is the key that other files refer to, or whether a column names what others have. */
export function chooseKey(file: BoardFile, ask: KeyAsk, choice: string): void {
  answerKey(file.plan, ask, choice === 'other')
  goOn(file)
}

export function answerOf({ key, plan }: BoardFile, setting: Answer['setting'], value: string): Answer {
  return { setting, value, key, file: plan.file }
}

/** Keeps an answer to be given to the other files that ask the same, or gives it to them at once. */
export function shareAnswer(answer: Answer, isForAll: boolean): void {
  keepAnswer(answer)
  if (isForAll) giveToOthers(filesNow(), answer)
}

/** Gives what was said last to the other files that ask it. @returns whether any did */
export function giveAnswerToOthers(): boolean {
  const { said } = useAnswers.getState()
  const files = filesNow()
  if (said === null || othersAsking(files, said).length === 0) return false
  giveToOthers(files, said)
  focusBoard()
  return true
}

/** Takes back what the other files were given. @returns whether there was anything */
export function takeAnswerBack(): boolean {
  if (!takeBackAnswer(filesNow())) return false
  focusBoard()
  return true
}

function filesNow(): readonly BoardFile[] {
  return boardFiles(useImports.getState().plan, useBoard.getState().entries)
}

/** The next question, of any file from this one on; null where none is left. */
export function nextAsk(
  files: readonly BoardFile[],
  from: string | null,
): Readonly<{ file: BoardFile; ask: Ask }> | null {
  const all = files.flatMap(file => file.asks.map(ask => ({ file, ask })))
  const after = files.findIndex(({ key }) => isRowOf(from, key))
  return all.find(({ file }) => files.indexOf(file) >= after) ?? all[0] ?? null
}

export function goToAsk(found: Readonly<{ file: BoardFile; ask: Ask }> | null): void {
  if (found !== null) showAsk(found.file, found.ask)
  focusBoard()
}

/** After an answer the row of the question is gone: the keyboard stays with its file. */
function goOn(file: BoardFile): void {
  const { active } = useBoard.getState()
  const row = active?.replace(/\|\?\|.*$/, '') ?? file.key
  const line = file.tables
    .flatMap(({ lines }) => lines)
    .find(({ field, tableNo }) => active === `${file.key}|${tableNo}|?|${field}`)
  activate(line === undefined ? (row === active ? file.key : active) : `${file.key}|${line.id}`)
  endPick()
}

export function endPick(): void {
  pick(null)
  focusBoard()
}

/** Gives the focus back to the board, once what had it is gone; not where a choice was opened meanwhile. */
export function focusBoard(): void {
  requestAnimationFrame(() => {
    if (useBoard.getState().picking === null) document.getElementById('mapping-board')?.focus()
  })
}

/** Whether Enter on a row opens a choice. */
export function canPick(row: BoardRow): boolean {
  if (row.kind === 'file') return row.file.plan.columns.length > 0 || row.file.plan.lists !== undefined
  if (row.kind === 'column') return row.line.use !== 'secret'
  if (row.kind === 'ask') return row.ask.kind !== 'unreadable' && row.ask.kind !== 'mostly-held'
  if (row.kind === 'fault') return row.fault.code === 'value/serial-date'
  return row.kind === 'note' && row.note.code === 'note/no-offset'
}

/** Gives the focus to the values and settings beside the board, once they are there. @returns whether there are any */
export function focusDetail(): boolean {
  const part = (): HTMLElement | null =>
    document.querySelector('#board-detail table.board-values input, #board-detail input:not([type=hidden])')
  requestAnimationFrame(() => part()?.focus())
  return part() !== null
}
