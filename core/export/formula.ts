/** Blanks, control characters and invisible marks that a spreadsheet skips at the start of a cell. */
const BLANKS = /^[\s\p{Cc}\p{Cf}]+/u
const LEADING_OPERATORS = /^[=+\-@\s(]+/

const NUMBER = /^[+-]\s?\p{Sc}?\s?(?:\d[\d., {2}']*|\.\d+)(?:e[+-]?\d+)?\s?(?:%|\p{Sc}|[a-z]{3})?$/iu
const PHONE = /^\+[\d\s().\-/]+(?:\s?(?:x|ext\.?)\s?\d+)?$/i
const DATE = /^[+-]\d{6}-\d\d-\d\d(?:t[\d:.]+z?)?$/i

/** A letter, a short end of a name and a bracket; bounded, so that a long text costs no more than its length. */
const CALL = /[\p{L}_][\p{N}_.]{0,20}\(/u
/** The same with blanks before the bracket, where more than words are in it: `-Ahmad (CEO)` is none. */
const CALL_APART =
  /[\p{L}_][\p{N}_.]{0,20}\s{1,20}\([\s@=+-]{0,20}(?:["'$]|[a-z]{1,3}\$?\d|[\p{L}_][\p{L}\p{N}_.]{0,40}[(!|])/iu
const DATA_EXCHANGE = /\|[^|]*!/
const SHEET_REFERENCE = /^(?:'[^']*'|(?:\[[^\]]{1,260}\])?[\p{L}_][\p{L}\p{N}_.]*)!/u
const CELL_REFERENCE = /^\$?[a-z]{1,3}\$?\d{1,7}\s*(?:$|[-+*/^&=<>%:,;!)])/i
const ARITHMETIC = /^(?:\d[\d.,]*|\.\d+)\s*%?\s*(?:[<>]=|<>|[-+*/^&=<>:])\s*[\p{L}\p{N}_$('".+@-]/u
const EXPRESSION = /^[\p{L}\p{N}_\\"'#{$.[]/u

/**
 * Would a spreadsheet run the text as a formula?
 *
 * After blanks that are skipped, an operator (`= + - @`, full-width ones too) before a call, a reference, arithmetic, a
 * quote or a data exchange. A number, a phone number, a date and a name with a hyphen before it (`-Ahmad`) are none; `=`
 * before anything that starts an expression is one.
 *
 * @param text content of a cell, before quoting
 *
 * Source: docs/methods/export.md, "Formulas".
 */
export function isFormula(text: string): boolean {
  if (isPeacefulStart(text)) return false
  const body = text.replace(BLANKS, '').normalize('NFKC')
  if (!/^[=+\-@]/.test(body) || isPlain(body)) return false
  const rest = body.replace(LEADING_OPERATORS, '')
  if (body.startsWith('=') && EXPRESSION.test(rest)) return true
  if (/^["']/.test(rest) || isCall(body) || DATA_EXCHANGE.test(body)) return true
  return SHEET_REFERENCE.test(rest) || CELL_REFERENCE.test(rest) || ARITHMETIC.test(rest)
}

/**
 * Would a spreadsheet run an identifier, and do harm by it? Identifiers are keys: one that merely looks like arithmetic
 * (`-K1-x9`) is left as it is.
 *
 * @param id content of a cell that other files join on
 *
 * Source: docs/methods/export.md, "Formulas".
 */
export function isHarmfulId(id: string): boolean {
  return isFormula(id) && (isCall(id) || /["'|!]/.test(id) || /^=/.test(id.replace(BLANKS, '').normalize('NFKC')))
}

/** By far the most cells begin with what is neither skipped nor an operator, all of it ASCII: no look at the rest is needed. */
function isPeacefulStart(text: string): boolean {
  const first = text.charCodeAt(0)
  if (!(first > 0x20 && first < 0x7f)) return text === ''
  return first !== 0x3d && first !== 0x2b && first !== 0x2d && first !== 0x40 // = + - @
}

function isCall(body: string): boolean {
  return CALL.test(body) || CALL_APART.test(body)
}

function isPlain(body: string): boolean {
  const digits = body.replace(/\D/g, '').length
  return NUMBER.test(body) || DATE.test(body) || (PHONE.test(body) && digits >= 7 && digits <= 20)
}
