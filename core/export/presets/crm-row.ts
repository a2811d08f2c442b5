import type { HarmlessCell } from '../export-file.ts'
import { isFormula, isHarmfulId } from '../formula.ts'
import type { CrmColumn, CrmFile, CrmObject, CrmRows } from './crm-file.ts'

/** Something about a row that a person should see before it is handed over. */
export type RowFinding = Readonly<{
  kind: 'without_owner' | 'over_limit' | 'unknown_option' | 'missing_required' | 'placeholder'
  text: string
}>

/** A row as its file gets it. */
export type CrmRow = Readonly<{
  cells: readonly string[]
  findings: readonly RowFinding[]
  harmless: readonly string[]
  /** Changes when anything but what every export changes does. */
  fingerprint: string
  /** It lacks what the CRM asks for and is not written. */
  isHeld: boolean
}>

const ELLIPSIS = '…'

/**
 * A row of a CRM's file by that CRM's rules.
 *
 * @returns cells without outer blanks, cut where they are too long, made harmless by the type of their column
 *
 * Source: docs/methods/export.md, "Presets".
 */
export function crmRow<O extends CrmObject>(file: CrmFile<O>, row: CrmRows[O]): CrmRow {
  const findings: RowFinding[] = []
  const harmless: string[] = []
  const refusal = file.refuses?.(row) ?? null
  if (refusal !== null) findings.push({ kind: 'missing_required', text: refusal })
  const cells = file.columns.map(column => {
    const cell = checked(column, column.read(row).trim(), findings)
    if (!isHarmful(column, cell)) return cell
    harmless.push(column.name)
    return `'${cell}`
  })
  const placeholder = file.placeholder?.(row) ?? null
  if (placeholder !== null) findings.push({ kind: 'placeholder', text: placeholder })
  return {
    cells,
    findings,
    harmless,
    fingerprint: rowFingerprint(cells.filter((_, i) => file.columns[i]?.isVolatile !== true)),
    isHeld: findings.some(({ kind }) => kind === 'missing_required'),
  }
}

function checked<R>({ name, ...rules }: CrmColumn<R>, cell: string, findings: RowFinding[]): string {
  if (cell === '') {
    if (rules.isRequired === true) findings.push({ kind: 'missing_required', text: `${name} is required and unknown` })
    if (rules.isOwner === true) findings.push({ kind: 'without_owner', text: `${name} is empty` })
    return cell
  }
  if (rules.options !== undefined && rules.options.size > 0 && !rules.options.has(cell.toLowerCase()))
    findings.push({ kind: 'unknown_option', text: `${name}: "${cell}" is none of the options that are known` })
  if (rules.maxLength === undefined || cell.length <= rules.maxLength) return cell
  findings.push({
    kind: 'over_limit',
    text: `${name} has ${cell.length} characters, ${rules.maxLength} are taken; it is cut`,
  })
  return `${cell.slice(0, rules.maxLength - 1).replace(/[\ud800-\udbff]$/, '')}${ELLIPSIS}`
}

function isHarmful<R>({ kind }: CrmColumn<R>, cell: string): boolean {
  return (kind === 'text' && isFormula(cell)) || (kind === 'id' && isHarmfulId(cell))
}

/** Hears of each cell that is made harmless. */
export function harmlessCells(file: string, row: string, columns: readonly string[]): readonly HarmlessCell[] {
  return columns.map(column => ({ file, row, column }))
}

/**
 * 64 bits that tell rows apart, as 16 hex digits; no protection against an adversary.
 *
 * @param cells of the columns that do not change with every export, in their order
 *
 * Source: docs/methods/export.md, "Keys".
 */
export function rowFingerprint(cells: readonly string[]): string {
  let a = 0x811c9dc5
  let b = 0x9e3779b9
  for (const cell of cells) {
    for (let i = 0; i < cell.length; i++) {
      const unit = cell.charCodeAt(i)
      a = Math.imul(a ^ unit, 0x01000193)
      b = Math.imul(b ^ unit, 0x85ebca6b) ^ (b >>> 13)
    }
    a = Math.imul(a ^ 0x10000, 0x01000193)
    b = Math.imul(b ^ 0x10000, 0xc2b2ae35) ^ (b >>> 15)
  }
  return [a, b].map(half => (half >>> 0).toString(16).padStart(8, '0')).join('')
}
