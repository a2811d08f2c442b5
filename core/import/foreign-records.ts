import { AppError } from '#lib/errors'
import type { ColumnPlan, FilePlan } from '#schema/import'
import { type Column, TABLES, type TableName } from '#schema/tables'
import { isDescription } from './described-rows.ts'
import { pathKey } from './file-shape.ts'
import { requiredColumns } from './headers.ts'
import { CANONICAL } from './presets/canonical.ts'

/** `header`, `ruled` and `types` are skipped, a `total` is held. `open`: held where no row comes behind it, else a row. */
export type ForeignKind = 'header' | 'ruled' | 'types' | 'total' | 'open'

/**
 * Records of a delimited file that programs write for readers: the header once more, lines of dashes, totals below the rows.
 *
 * - A record whose cells name the columns they stand in repeats the header, in its words or in others.
 * - A record right below the header of which every cell names a type (`VARCHAR`) or a unit (`[USD]`) describes the columns. Where its
 *   words may as well be values (`text,list,object`), three or more in every cell are held as a total is, else it is a row.
 * - A record of dashes and the like, three in one cell at least, is a ruled line.
 * - A record of an entity table whose first filled cell is a total, a count of rows or an end mark, and whose other filled
 *   cells are numbers, is a total, unless the key stands in another cell. One that is only a plain word (`sum`, `Media`) may be an
 *   id as well: it is a total behind a blank or ruled line, and else open.
 *
 * A header with other columns, or in another order, ends the reading: what stands below would go to the wrong columns. It names
 * more than half of its cells.
 *
 * Source: docs/methods/import.md, "Records".
 */
export class ForeignRecords {
  /** Lines on which the header is said once more. */
  readonly headers: number[] = []
  readonly ruled: number[] = []
  /** Lines below the header that say what its columns are. */
  readonly types: number[] = []
  /** Lines with which a report ends. */
  readonly ends: number[] = []
  /** May a report end in it? Nobody makes a report of events. */
  readonly hasEnds: boolean
  private readonly plan: FilePlan
  private readonly key: number
  /** The column behind each name that a header may have, by its normal form. */
  private readonly names: ReadonlyMap<string, string>
  /** Records like any other since the header, and those of them that came behind a blank or ruled line. */
  private rows = 0
  private rowsBehindBreak = 0
  private isBehindBreak = false
  /** Has anything come that is neither skipped nor blank? Only before it are the columns described. */
  private hasRecords = false
  /** Columns that take no word: numbers and times. */
  private readonly wordless: readonly boolean[]

  constructor(plan: FilePlan, table: TableName) {
    this.plan = plan
    this.hasEnds = table !== 'events'
    const [key] = requiredColumns(table)
    // Events come by the million, and a total among them has no time.
    this.key = table === 'events' ? -1 : plan.columns.findIndex(({ column }) => column === key)
    this.names = columnNames(plan.columns, table)
    this.wordless = plan.columns.map(({ column }) => WORDLESS.has(typeOf(table, column)))
  }

  /**
   * Records come in the order of the file, blank ones to `blank`.
   *
   * @returns null for a record like any other
   * @throws AppError `import/not-readable` for a header with other columns than that of the file
   */
  judge(cells: readonly string[], line: number): ForeignKind | null {
    const kind = this.kindOf(cells, line)
    if (kind === 'types') return kind
    this.hasRecords ||= kind === null || kind === 'total' || kind === 'open'
    if (kind === 'total' || kind === 'open') return this.isBehindBreak && !this.isSpread ? 'total' : kind
    if (kind === null) {
      this.rows++
      if (this.isBehindBreak) this.rowsBehindBreak++
    }
    this.isBehindBreak = kind === 'ruled' && this.rows > 0
    return kind
  }

  /** A blank record came. */
  blank(): void {
    this.isBehindBreak = this.rows > 0
  }

  /** Is a record of a table whose totals are not looked for a total all the same, having too few fields for a row? */
  isSum(cells: readonly string[]): boolean {
    if (this.key >= 0) return false
    const first = (cells.find(cell => cell.trim() !== '') ?? '').trim()
    return first.length <= MOST_LENGTH && isTotal(first) && areNumbers(cells, first)
  }

  /** Are blank or ruled lines between rows a habit of the file? They then say nothing. */
  private get isSpread(): boolean {
    return 2 * this.rowsBehindBreak >= this.rows
  }

  private kindOf(cells: readonly string[], line: number): ForeignKind | null {
    const described = this.hasRecords ? null : this.describedBy(cells)
    if (described !== null) return described === 'types' ? this.skipped('types', line) : described
    const first = (cells.find(cell => cell !== '' && cell.trim() !== '') ?? '').trim()
    // What psql and MySQL draw is one cell, as long as the line.
    if (isRuled(first)) return this.isRuledLine(cells) ? this.skipped('ruled', line) : null
    if (first.length > MOST_LENGTH) return null
    if (isTotal(first)) return this.isTotalRow(cells, first) ? totalKind(first) : null
    if (!this.names.has(pathKey(first))) return null
    return this.header(cells, line)
  }

  private describedBy(cells: readonly string[]): 'types' | 'total' | null {
    const due = (this.plan.describing ?? 0) - this.types.length
    if (due > 1 || (due === 1 && isDescription(cells))) return 'types'
    return this.types.length > 1 ? null : this.description(cells)
  }

  /** Does a record describe the columns? `total`: it may as well be a row, and is held. */
  private description(cells: readonly string[]): 'types' | 'total' | null {
    const words = cells.map(cell => cell.trim())
    const filled = words.filter(word => word !== '')
    if (filled.length < 2 || 2 * filled.length < cells.length) return null
    const areUnits = filled.every(word => UNIT.test(word))
    if (!areUnits && !filled.every(word => TYPE.test(word))) return null
    if (filled.some(word => SIZED.test(word)) || words.some((word, at) => word !== '' && this.wordless[at] === true))
      return 'types'
    // A row may have one word for its id and its name.
    if (new Set(filled.map(word => word.toLowerCase())).size === 1) return null
    if (areUnits || filled.some(word => ONLY_TYPE.test(word))) return 'types'
    const isRow = this.plan.describing === 0 || filled.length < 3 || filled.length < cells.length
    return isRow ? null : 'total'
  }

  private skipped(kind: 'header' | 'ruled' | 'types', line: number): ForeignKind {
    const lines = { header: this.headers, ruled: this.ruled, types: this.types }[kind]
    lines.push(line)
    return kind
  }

  private isRuledLine(cells: readonly string[]): boolean {
    const filled = cells.map(cell => cell.trim()).filter(cell => cell !== '')
    return filled.every(isRuled) && filled.some(cell => cell.length > 2)
  }

  private isTotalRow(cells: readonly string[], first: string): boolean {
    const key = (cells[this.key] ?? '').trim()
    if (this.key < 0 || (key !== '' && key !== first)) return false
    return areNumbers(cells, first)
  }

  private header(cells: readonly string[], line: number): ForeignKind | null {
    const { columns } = this.plan
    const isSame = cells.every((cell, at) => cell.trim() === (columns[at]?.header ?? '').trim())
    if (isSame && cells.length >= columns.length) return this.skipped('header', line)
    const filled = cells.flatMap((cell, at) => (cell.trim() === '' ? [] : [{ at, name: this.nameOf(cell) }]))
    const names = filled.flatMap(({ name }) => (name === null ? [] : [name]))
    const isHeader = names.length === filled.length && new Set(names).size === names.length && names.length > 1
    if (!isHeader || !names.some(name => REQUIRED.has(name))) return null
    const stays = filled.every(({ at, name }) => name === this.nameOf(columns[at]?.header ?? ''))
    if (stays) return this.skipped('header', line)
    // Fewer fields than the header has hold every row below. Two names beside empty cells are values more likely.
    if (cells.length < columns.length || 2 * names.length <= cells.length) return null
    throw otherHeader(this.plan.file, line, cells)
  }

  private nameOf(cell: string): string | null {
    return this.names.get(pathKey(cell)) ?? null
  }
}

const MOST_LENGTH = 60
const NAMED = 6

const REQUIRED: ReadonlySet<string> = new Set(
  Object.keys(TABLES).flatMap(table => requiredColumns(table as TableName)), // its keys are the names of the tables
)

/** Own headers before the names of the own table, these before those of other tables. */
function columnNames(columns: readonly ColumnPlan[], table: TableName): ReadonlyMap<string, string> {
  const canonical = Object.values(TABLES).flatMap(each => Object.keys(each.columns))
  const synonyms = Object.entries(CANONICAL.tables[table]?.synonyms ?? {})
  const named = columns.filter(({ header }) => header.trim() !== '')
  return new Map([
    ...canonical.map((name): [string, string] => [pathKey(name), name]),
    ...synonyms.flatMap(([name, others]) => others.map((other): [string, string] => [pathKey(other), name])),
    ...Object.keys(TABLES[table].columns).map((name): [string, string] => [pathKey(name), name]),
    ...named.map(({ header, column }): [string, string] => [pathKey(header), column ?? `"${header}"`]),
  ])
}

function otherHeader(file: string, line: number, cells: readonly string[]): AppError {
  const named = cells.filter(cell => cell.trim() !== '').slice(0, NAMED)
  const listed = `${named.map(cell => `"${cell.trim()}"`).join(', ')}${cells.length > NAMED ? ', ...' : ''}`
  return new AppError(
    'import/not-readable',
    `${file}: line ${line} is another header (${listed}) than the one the file begins with. What stands below it would go to the wrong columns: split the file there and import the parts one by one`,
    { file, line },
  )
}

/** A table column's type; empty for a column of the file that is none. */
function typeOf(table: TableName, column: string | null): string {
  const columns: Readonly<Record<string, Column>> = TABLES[table].columns
  return column === null ? '' : (columns[column]?.type ?? '')
}

const WORDLESS: ReadonlySet<string> = new Set(['moment', 'number', 'integer', 'money'])

const TYPE = new RegExp(
  `^(?:nullable\\()?(?:${[
    '(?:n?var)?char(?:acter)?2?(?: varying)?|nchar|string|str|(?:long|medium|tiny)?text|symbol|enum|uuid|guid',
    'u?int(?:eger)?\\d*|(?:big|small|tiny)int|long|short|serial|float\\d*|double(?: precision)?|real|num(?:ber|eric)|decimal|money|currency',
    'bool(?:ean)?|bit|byte(?:s|a)?|(?:var)?binary|blob|clob|jsonb?|variant|object|array|record|struct|list|super',
    'date|time|datetime\\d*|datetimeoffset|timestamp(?:tz|_?(?:n|l)?tz)?(?: with(?:out)? time zone)?',
  ].join('|')})(?:\\(\\s*(?:\\d+|max)(?:\\s*,\\s*\\d+)?\\s*(?:char|byte)?\\))?\\)?$`,
  'i',
)
const UNIT = /^\[(?!\d+\])[^[\]{}",:]{1,20}\]$/u
/** A type with its length or precision. */
const SIZED = /\(\s*(?:\d+|max)/i
/** Types that are words of nothing else. */
const ONLY_TYPE =
  /^(?:nullable\(.+|n?varchar2?|character varying|u?int\d+|(?:big|small|tiny)int|float\d+|double precision|(?:long|medium|tiny)text|datetime\d*|datetimeoffset|timestamp.*|varbinary|bytea|jsonb|uuid|guid)$/i

const RULED = /^[-=_+:|*─━═┼╪┬┴├┤]+$/u

function isRuled(cell: string): boolean {
  return RULED.test(cell)
}

const WORDS = [
  'totals?( general| général| geral| generale)?|grand totals?|sub[- ]?totals?|sums?|counts?|average|avg',
  'gesamt(summe|ergebnis)?|(zwischen)?summe|insgesamt|anzahl|durchschnitt|mittelwert',
  'total[ei]s?( complessiv[oi])?|somm[ea]|sous[- ]total|moyenne|nombre|sum[aą]( total)?|promedio|media|soma',
  'totaal|totalt|i alt|sum totalt?|summa|yhteensä|razem|ogółem|celkem|spolu|összesen|(genel )?toplam',
  'итого|всего|разом|σύνολο|合計|合计|总计|總計|小計|小计|총계|합계',
].join('|')
const TOTAL = new RegExp(`^(${WORDS})(\\s?[:=])?(\\s?\\(?\\d[\\d.,]{0,20}( \\p{L}{1,20})?\\)?)?$`, 'iu')
const COUNT =
  /^\(?\d[\d.,]{0,20} (rows?|records?|results?|zeilen|datensätze|lignes?|filas?|righe|linhas?|rijen)( selected| affected| returned| in set)?( \([\d.]{1,9} sec\))?[.)]?$/iu
/** Control-Z, and the mark with which PostgreSQL ends rows. */
const END_MARKS: readonly string[] = ['\u001a', '\\.']

function isTotal(cell: string): boolean {
  return TOTAL.test(cell) || COUNT.test(cell) || END_MARKS.includes(cell)
}

const WORD = /^\p{Script=Latin}+( ?\d[\d.,]*)?$/u
const SAID_OF_SUMS = /^(sub|zwischen|gesamts|gesamte)/i

/** A word by itself may be a key; two, or one with a colon or a bracket, are said of sums. */
function totalKind(first: string): 'total' | 'open' {
  return WORD.test(first) && !SAID_OF_SUMS.test(first) ? 'open' : 'total'
}

const NUMBER = /^[-+(]?\p{Sc}?[A-Z]{0,3} ?-?\d[\d.,'\s]*[%\p{Sc}A-Z]{0,3}\)?$/u

/** Is there nothing beside the first filled cell but numbers and dashes? */
function areNumbers(cells: readonly string[], first: string): boolean {
  const others = cells.map(cell => cell.trim()).filter(cell => cell !== '' && cell !== first)
  return others.every(cell => cell.length <= MOST_LENGTH && (NUMBER.test(cell) || isRuled(cell)))
}
