const NOT_ASCII = /[\u0080-\uffff]/
const APOSTROPHES = /['`\u00b4\u2018\u2019\u02bc]/g
const MARKS = /\p{M}+/gu
const SPECIAL: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
  ĸ: 'k',
}
const SPECIAL_LETTERS = /[ßæœøđðþłħıŋĸ]/g

/**
 * Text in the one form in which names, streets and companies are compared: lower case, no accents, apostrophes dropped,
 * every other run of characters that are no letters and no digits one blank.
 *
 * @param text any text
 * @returns words parted by single blanks; empty where there is no letter and no digit. Letters of other scripts stay
 *
 * Source: docs/methods/identity.md, "Names".
 */
export function foldText(text: string): string {
  if (!NOT_ASCII.test(text))
    return text
      .toLowerCase()
      .replace(APOSTROPHES, '')
      .replace(/[^a-z0-9]+/g, ' ')
      .trim()
  return text
    .toLowerCase()
    .replace(APOSTROPHES, '')
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(SPECIAL_LETTERS, letter => SPECIAL[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/**
 * The words of a folded text.
 *
 * @param text any text
 * @returns words in order; none where the text folds to nothing
 *
 * Source: docs/methods/identity.md, "Names".
 */
export function foldedWords(text: string): string[] {
  const folded = foldText(text)
  return folded === '' ? [] : folded.split(' ')
}
