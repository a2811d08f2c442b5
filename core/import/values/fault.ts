import type { HeldCode } from '#schema/import'

/** Why a cell could not be read. */
export type ValueFault = Extract<HeldCode, `value/${string}`>

/** The outcome of reading one cell, reused from cell to cell: null where the cell was read. `line` is the record's. */
export type FaultSlot = { code: ValueFault | null; line?: number }

/** What a spreadsheet leaves where it could not show or compute a value. */
const SHEET_ERROR = /^(?:#{3,}|#(?:REF|VALUE|NAME|DIV\/0|NUM|NULL|SPILL|CALC)[!?]?)$/i

/** Is the text what a spreadsheet shows instead of a value: `########`, `#REF!`? */
export function isSheetError(text: string): boolean {
  return text.charCodeAt(0) === 35 && SHEET_ERROR.test(text)
}
