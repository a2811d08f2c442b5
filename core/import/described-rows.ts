/** What a type promises of the values below it; types of text promise nothing. */
const LOOKS: readonly (readonly [type: RegExp, look: RegExp])[] = [
  [
    /^(?:u?int(?:eger)?|long|short|serial|float|double|real|num(?:ber|eric)|decimal|money|currency)$/i,
    /^[-+(]?[\d.,'\s]*\d[\d.,'\s]*[%)]?$/,
  ],
  [/^bool(?:ean)?$/i, /^(?:true|false|yes|no|[ynt01f])$/i],
  [/^(?:date|time|datetime|timestamp)$/i, /^\d{1,4}[-/.]\d|^\d{9,}|\d:\d\d/],
  [/^(?:json|object|array|record|struct|list|variant|super)$/i, /^[[{]/],
]
const PLAIN = /^(?:string|str|text|char|symbol|enum|id)$/i
/** What Qualtrics writes below its header and its row of question texts. */
const IMPORT_ID = /^\{"ImportId":.*\}$/
const LEAST_WORDS = 3
const LEAST_ROWS = 3
const LOOKED_AT = 200

/**
 * How many records right below the header say what its columns are, where only what stands below them tells.
 *
 * - A record of which every filled cell is the mark of a survey's column (`{"ImportId":"QID1"}`), and the question texts above it.
 * - A record of three plain words of types or more that fills all columns (`string,number,date`), where four in five of the
 *   values below look like what it says, of each column that it says anything about; also with labels above it.
 *
 * @param records the first records below the header, one text per column
 * @returns 0 where the first record names types and the values below are others: it is a row; null where nothing tells
 *
 * Source: docs/methods/import.md, "Formats".
 */
export function describedRows(records: readonly (readonly string[])[]): 0 | 1 | 2 | null {
  const [first = [], second = []] = records
  if (areMarks(first)) return 1
  if (areMarks(second)) return 2
  if (areTypes(first)) return fitOf(first, records.slice(1))
  const isLabelled =
    areTypes(second) && fitOf(second, records.slice(2)) === 1 && fitOf(second, [first, first, first]) === 0
  return isLabelled ? 2 : null
}

function areMarks(cells: readonly string[]): boolean {
  const filled = cells.map(cell => cell.trim()).filter(cell => cell !== '')
  return filled.length > 0 && filled.every(cell => IMPORT_ID.test(cell))
}

function areTypes(cells: readonly string[]): boolean {
  return cells.length >= LEAST_WORDS && cells.every(cell => PLAIN.test(cell.trim()) || lookOf(cell) !== null)
}

function lookOf(cell: string): RegExp | null {
  return LOOKS.find(([type]) => type.test(cell.trim()))?.[1] ?? null
}

/** Do the values below look like the types? Null where no type says anything, or there are too few values. */
function fitOf(types: readonly string[], below: readonly (readonly string[])[]): 0 | 1 | null {
  if (below.length < LEAST_ROWS) return null
  const columns = types.flatMap((type, at) => {
    const look = lookOf(type)
    const values = below.slice(0, LOOKED_AT).flatMap(cells => cells[at]?.trim() || [])
    return look === null || values.length === 0 ? [] : [values.filter(value => look.test(value)).length / values.length]
  })
  if (columns.length === 0) return null
  return columns.every(share => share >= 0.8) ? 1 : 0
}
