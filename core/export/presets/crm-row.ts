import { quoted, RECORD_END } from '../csv.ts'
import type { HarmlessCell } from '../export-file.ts'
import { isFormula, isHarmfulId } from '../formula.ts'
import { BEYOND_ASCII, type CellScan, marksOf, QUOTED } from './cell-scan.ts'
import type { CrmColumn, CrmFile, CrmObject, CrmRows } from './crm-file.ts'

/** Something about a row that a person should see before it is handed over. */
export type RowFinding = Readonly<{
  kind: 'without_owner' | 'over_limit' | 'unknown_option' | 'missing_required' | 'placeholder'
  /** The fact that it tells of this row, in the same words for all rows. */
  about: string
  text: string
}>

/** A row as its file gets it. */
export type CrmRow = Readonly<{
  /** Its line. */
  record: string
  isAscii: boolean
  findings: readonly RowFinding[]
  /** Columns of the cells that were made harmless. */
  harmless: readonly string[]
  /** Changes when anything but what every export changes does. */
  fingerprint: string
  /** It lacks what the CRM asks for and is not written. */
  isHeld: boolean
}>

const ELLIPSIS = '…'
const NO_COLUMNS: readonly string[] = []

/**
 * Makes the rows of a CRM's file by that CRM's rules: cells without outer blanks, cut where they are too long, made harmless by the
 * type of their column.
 *
 * @param scan read anew for each row
 *
 * Source: docs/methods/export.md, "Presets".
 */
export function crmRow<O extends CrmObject>(file: CrmFile<O>, row: CrmRows[O], scan: CellScan): CrmRow {
  const findings: RowFinding[] = []
  const refusal = file.refuses?.(row) ?? null
  if (refusal !== null) return refusedRow(refusal)
  let harmless = NO_COLUMNS
  const fields: string[] = []
  let marks = 0
  scan.begin()
  for (const column of file.columns) {
    let cell = checked(column, row, findings)
    if (isHarmful(column, cell)) {
      harmless = [...harmless, column.name]
      cell = `'${cell}`
    }
    const own = column.isVolatile === true ? marksOf(cell) : scan.add(cell)
    marks |= own
    fields.push((own & QUOTED) === 0 ? cell : quoted(cell))
  }
  for (const filled of file.placeholders?.(row) ?? []) findings.push({ kind: 'placeholder', ...filled })
  return {
    record: fields.join(',') + RECORD_END,
    isAscii: (marks & BEYOND_ASCII) === 0,
    findings,
    harmless,
    fingerprint: scan.fingerprint,
    isHeld: findings.some(({ kind }) => kind === 'missing_required'),
  }
}

/** Nothing of a row that is not taken is made. */
function refusedRow(text: string): CrmRow {
  return {
    record: '',
    isAscii: true,
    findings: [{ kind: 'missing_required', about: 'refused', text }],
    harmless: NO_COLUMNS,
    fingerprint: '',
    isHeld: true,
  }
}

function checked<R>(column: CrmColumn<R>, row: R, findings: RowFinding[]): string {
  const cell = column.read(row).trim()
  const { name, maxLength, options } = column
  if (cell === '') {
    addEmpty(column, row, findings)
    return cell
  }
  if (options !== undefined && options.size > 0 && !options.has(cell.toLowerCase()))
    findings.push({
      kind: 'unknown_option',
      about: name,
      text: `${name}: "${cell}" is none of the options that are known`,
    })
  if (maxLength === undefined || cell.length < maxLength) return cell
  // What is made harmless gets one character more.
  const [length, room] = isHarmful(column, cell) ? [cell.length + 1, maxLength - 1] : [cell.length, maxLength]
  if (length <= maxLength) return cell
  findings.push({
    kind: 'over_limit',
    about: name,
    text: `${name} has ${length} characters, ${maxLength} are taken; it is cut`,
  })
  return `${cell.slice(0, room - 1).replace(/[\ud800-\udbff]$/, '')}${ELLIPSIS}`
}

function addEmpty<R>({ name, isRequired, isOwner, whyEmpty }: CrmColumn<R>, row: R, findings: RowFinding[]): void {
  if (isRequired !== true && isOwner !== true) return
  const why = whyEmpty?.(row) ?? null
  const about = why === null ? `${name} unknown` : name
  if (isRequired === true) {
    const text = why === null ? `${name} is required and unknown` : `${name} is required: ${why}`
    findings.push({ kind: 'missing_required', about, text })
  }
  if (isOwner !== true) return
  findings.push({ kind: 'without_owner', about, text: `${name} is empty: ${why ?? 'nobody owns the workspace'}` })
}

function isHarmful<R>({ kind }: CrmColumn<R>, cell: string): boolean {
  return (kind === 'text' && isFormula(cell)) || (kind === 'id' && isHarmfulId(cell))
}

/** Hears of each cell that is made harmless. */
export function harmlessCells(file: string, row: string, columns: readonly string[]): readonly HarmlessCell[] {
  return columns.map(column => ({ file, row, column }))
}
