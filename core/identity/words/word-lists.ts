import { foldedWords } from '../normalise/fold.ts'
import { inLatinScript } from '../normalise/latin-script.ts'

/** Lists that a project may add to and take from. */
export const WORD_LISTS = ['placeholder', 'role_inbox', 'legal_form', 'nickname'] as const
export type WordList = (typeof WORD_LISTS)[number]

/** Per list what a project says of an entry: it belongs there, or it does not. What is not named is as shipped. */
export type WordChanges = ReadonlyMap<WordList, ReadonlyMap<string, boolean>>

const QUOTES_AROUND = /^[\s"'`\u2018-\u201f\u200b-\u200d\u2060]+|[\s"'`\u2018-\u201f\u200b-\u200d\u2060]+$/g
const NOT_ASCII = /[\u0080-\uffff]/
const BLANKS = /\s+/g
/** The signs of a keyboard, punctuation of any script, minus, blanks, and what has no width. */
const ZEROS_AND_MARKS = /^[0\s!-/:-@[-`{-~\u2212\p{P}\p{Z}\p{Cf}]*$/u
const MOST_LETTERS = 100
const MOST_FORM_WORDS = 5

/**
 * A value as placeholders are compared: without quotes and blanks around it, in small letters; letters of full width are plain ones.
 *
 * @param value as the data state it; blanks within it stay as they are
 *
 * Source: docs/methods/identity.md, "Words of a project".
 */
export function unquoted(value: string): string {
  const plain = NOT_ASCII.test(value) ? value.normalize('NFKC') : value
  return plain.replace(QUOTES_AROUND, '').toLowerCase()
}

/**
 * Placeholders of one or more words have one blank between them.
 *
 * @param value as the data state it, or as somebody wrote an entry
 *
 * Source: docs/methods/identity.md, "Words of a project".
 */
export function placeholderText(value: string): string {
  return unquoted(value).replace(BLANKS, ' ')
}

/**
 * Zeros and punctuation alone (`-`, `...`, `0000-00-00`) stand for nothing known, and no list changes that.
 *
 * @param value any text; empty is one
 *
 * Source: docs/methods/identity.md, "Words of a project".
 */
export function isZerosAndMarks(value: string): boolean {
  return ZEROS_AND_MARKS.test(value)
}

/**
 * An entry of a list in the one form in which it is looked up.
 *
 * @param list which list; of nicknames the text is `formal:short`, of role inboxes it may be a whole address
 * @param text as somebody wrote it
 * @returns null where it can be no entry: empty, over 100 letters, a legal form of more than five words, a nickname without two single
 *   names that differ
 *
 * Source: docs/methods/identity.md, "Words of a project".
 */
export function wordEntry(list: WordList, text: string): string | null {
  const entry = FORMS[list](text)
  return entry === null || entry === '' || entry.length > MOST_LETTERS ? null : entry
}

const FORMS: Readonly<Record<WordList, (text: string) => string | null>> = {
  placeholder: placeholderText,
  role_inbox: text =>
    text
      .trim()
      .toLowerCase()
      .replace(/[@+].*$/s, '')
      .replace(/[.\-_\s]/g, ''),
  legal_form: text => {
    const words = foldedWords(text.replace(/\.(?=\p{L}\b)/gu, ''))
    return words.length > MOST_FORM_WORDS ? null : words.join('_')
  },
  nickname: text => {
    const [formal, short, ...more] = text.split(/[:=]/).map(part => foldedWords(part).map(inLatinScript))
    if (formal?.length !== 1 || short?.length !== 1 || more.length > 0 || formal[0] === short[0]) return null
    return `${formal[0]}:${short[0]}`
  },
}
