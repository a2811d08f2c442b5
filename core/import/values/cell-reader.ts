import type { Column } from '#schema/tables'
import { compactJson, isJson, jsonText, numberText, readJson } from '../json/json-text.ts'
import { type FaultSlot, isSheetError } from './fault.ts'

/** Spellings of "nothing" in names and ids: kept short, because `none` or `-` may be meant. */
const MISSING_TEXT = /^(?:null|\\n)$/i
/** Spellings of "nothing" in columns with a type of their own. */
const MISSING_TYPED = /^(?:null|nil|none|undefined|n\/?a|#n\/a|\\n|\((?:blank|empty|null|none)\)|[-\u2013\u2014]+)$/i
/** The empty date of MySQL, and that of pandas. */
const NO_DATE = /^(?:0000-00-00(?:[T ]00:00:00(?:\.0+)?Z?)?|NaT)$/
/** What a spreadsheet makes of a long number in an id column: 1.23E+10. */
const MOST_ROUNDED = 24
const ROUNDED_ID = /^\d(?:[.,]\d+)?E\+\d{2,}$/i

/** As programs write them, and spreadsheets in other languages. */
export const YES_WORDS =
  'true yes y t 1 1.0 on wahr ja vrai oui verdadero sí si vero verdadeiro sim waar prawda tak истина да 是 はい'.split(
    ' ',
  )
export const NO_WORDS =
  'false no n f 0 0.0 off falsch nein faux non falso não nao onwaar nee fałsz nie ложь нет 否 いいえ'.split(' ')
const YES = wordsOrNumber(YES_WORDS, '1')
const NO = wordsOrNumber(NO_WORDS, '0')

function wordsOrNumber(words: readonly string[], digit: string): RegExp {
  return new RegExp(`^(?:${words.map(word => word.replace('.', '\\.')).join('|')}|${digit}\\.0+)$`, 'i')
}

/**
 * Is the cell empty as far as its column is concerned?
 *
 * @param text without blanks around it
 */
export function isMissing(text: string, type: Column['type']): boolean {
  if (text.length === 0) return true
  if (type === 'id' || type === 'text') return (text.length === 4 || text.length === 2) && MISSING_TEXT.test(text)
  if (text.length <= 11 && MISSING_TYPED.test(text)) return true
  return type === 'moment' && NO_DATE.test(text)
}

/** The form in which listed values are compared: case, blanks, `-` and `_` do not matter. */
export function normalValue(text: string): string {
  return text.toLowerCase().replace(/[\s_-]+/g, '_')
}

/** An id as written; what a spreadsheet made of one is refused. */
export function readId(text: string, slot: FaultSlot): string {
  const isSuspect = text.charCodeAt(0) < 58 && text.length <= MOST_ROUNDED
  if (isSuspect && isSheetError(text)) slot.code = 'value/cell-error'
  else if (isSuspect && ROUNDED_ID.test(text)) slot.code = 'value/rounded-number'
  return text
}

/** true, yes, y, t, 1, 1.0, on and false, no, n, f, 0, 0.0, off, in any case, and the words for these of other languages. */
export function readBoolean(text: string, slot: FaultSlot): boolean {
  if (YES.test(text)) return true
  if (!NO.test(text)) slot.code = isSheetError(text) ? 'value/cell-error' : 'value/not-a-boolean'
  return false
}

/** Texts between `;`, or the members of a JSON array; blanks around them and empty ones are dropped. */
export function readList(text: string, slot: FaultSlot): readonly string[] {
  const members = text.startsWith('[') ? arrayMembers(text) : text.split(';')
  if (members === null) {
    slot.code = 'value/not-json'
    return []
  }
  return members.map(member => member.trim()).filter(member => member !== '')
}

function arrayMembers(text: string): readonly string[] | null {
  const { value } = readJson(text)
  if (!Array.isArray(value)) return null
  return value.map(member => {
    if (member === null) return ''
    return typeof member === 'string' ? member : (numberText(member) ?? jsonText(member))
  })
}

/** A JSON object as text: as given, without the blanks between its tokens. */
export function readObjectText(text: string, slot: FaultSlot): string {
  if (text.charCodeAt(0) === 123 && isJson(text)) return compactJson(text)
  slot.code = 'value/not-json'
  return ''
}
