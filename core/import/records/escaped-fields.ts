/** What was seen of escapes in one record. */
export type EscapesSeen = Readonly<{
  /** Has it an escape at all? */
  isEscaped: boolean
  /** Has it an escape without which it would be another record: of a quote in quotes, of a delimiter or line break outside of them? */
  isNeeded: boolean
  /** Has it what a program that escapes never writes: a backslash that is not doubled, or a doubled quote? */
  isOdd: boolean
}>

/** The cells of one record in which backslashes escape. */
export type EscapedRecord = EscapesSeen & Readonly<{ cells: readonly string[] }>

/** How records are cut where backslashes escape. */
export type EscapedCutting = Readonly<{
  /** One character. */
  delimiter: string
  /** Do quotes open fields behind blanks too? */
  skipsBlanks?: true | undefined
  /** Are quotes characters like any other? */
  isPlain?: boolean
}>

/** What MySQL means by a letter behind a backslash; any other character is itself. */
const MEANT: Readonly<Record<string, string>> = {
  '0': '\0',
  b: '\b',
  n: '\n',
  r: '\r',
  t: '\t',
  Z: '\u001a',
}
/** What ends a record where it is neither quoted nor escaped. */
const BREAKS: readonly string[] = ['\n', '\r']
const WORD = /[\p{L}\p{N}]/u
/** The letter of a drive, as in `C:\new`. */
const DRIVE = /(?:^|[^\p{L}\p{N}])\p{L}:$/u

/**
 * Cuts one sound record into its cells where backslashes escape, as LOAD DATA of MySQL does.
 *
 * A backslash takes the meaning from the character behind it: a quote, delimiter, line break or backslash is then a part
 * of the cell; `\0`, `\b`, `\n`, `\r`, `\t` and `\Z` are what MySQL means by them; any other character is itself. A cell that
 * is `\N` and nothing else is empty. Two quotes in a quoted field are one, as ever.
 *
 * @param text the record without its line break
 * @returns its cells; `isOdd` where a backslash stands before another letter or digit or behind the letter of a drive, or
 *   a quote is doubled
 *
 * Source: docs/methods/import.md, "Backslashes".
 */
export function cutEscaped(text: string, cutting: EscapedCutting): EscapedRecord {
  const { delimiter } = cutting
  const cells: string[] = []
  const found: Found = { isEscaped: false, isNeeded: false, isOdd: false, delimiter }
  for (let at = 0; ; ) {
    const quote = quoteAt(text, at, cutting)
    const start = quote === null ? at : quote + 1
    const end = quote === null ? delimiterFrom(text, start, delimiter) : quoteEnd(text, start)
    cells.push(unescaped(text.slice(start, end), found, quote !== null))
    const next = quote === null ? end : delimiterFrom(text, end + 1, delimiter)
    if (next >= text.length) {
      const { isEscaped, isNeeded, isOdd } = found
      return { cells, isEscaped, isNeeded, isOdd }
    }
    at = next + delimiter.length
  }
}

/** The place of the quote that opens a field; null where none does. */
function quoteAt(
  text: string,
  from: number,
  { delimiter, skipsBlanks, isPlain = false }: EscapedCutting,
): number | null {
  const at = skipsBlanks === true ? behindBlanks(text, from, delimiter) : from
  return text[at] === '"' && !isPlain ? at : null
}

/** Where a field begins whose quote may stand behind blanks. */
export function behindBlanks(text: string, from: number, delimiter: string): number {
  let at = from
  while ((text[at] === ' ' || text[at] === '\t') && text[at] !== delimiter) at++
  return at
}

/** The place of the closing quote; the end of the text where there is none. */
function quoteEnd(text: string, from: number): number {
  let at = from
  while (at < text.length && (text[at] !== '"' || text[at + 1] === '"')) {
    at += text[at] === '"' || text[at] === '\\' ? 2 : 1
  }
  return Math.min(at, text.length)
}

/** The place of the next delimiter that is not escaped; the end of the text where there is none. */
function delimiterFrom(text: string, from: number, delimiter: string): number {
  for (let at = from; ; ) {
    const end = text.indexOf(delimiter, at)
    if (end < 0) return text.length
    const sign = text.indexOf('\\', at)
    if (sign < 0 || sign > end) return end
    at = sign + 1 + (text.startsWith(delimiter, sign + 1) ? delimiter.length : 1)
  }
}

type Found = { isEscaped: boolean; isNeeded: boolean; isOdd: boolean; readonly delimiter: string }

function unescaped(raw: string, found: Found, isQuoted: boolean): string {
  const undoubled = (part: string): string => {
    if (!isQuoted || !part.includes('""')) return part
    found.isOdd = true
    return part.replaceAll('""', '"')
  }
  let sign = raw.indexOf('\\')
  if (sign < 0) return undoubled(raw)
  found.isEscaped = true
  if (raw === '\\N') return ''
  let text = ''
  let at = 0
  for (; sign >= 0; sign = raw.indexOf('\\', at)) {
    const character = raw[sign + 1] ?? ''
    if (WORD.test(character) && isOddAt(raw, sign, character)) found.isOdd = true
    if (isNeededAt(raw, sign, { delimiter: found.delimiter, isQuoted })) found.isNeeded = true
    text += undoubled(raw.slice(at, sign)) + (MEANT[character] ?? (character === '' ? '\\' : character))
    at = sign + 2
  }
  return text + undoubled(raw.slice(at))
}

/** Would the record be another one without this escape? */
function isNeededAt(
  raw: string,
  sign: number,
  { delimiter, isQuoted }: Readonly<{ delimiter: string; isQuoted: boolean }>,
): boolean {
  const character = raw[sign + 1] ?? ''
  return isQuoted ? character === '"' : BREAKS.includes(character) || raw.startsWith(delimiter, sign + 1)
}

/** Would a program that escapes have doubled the backslash before a letter or digit? */
function isOddAt(raw: string, sign: number, character: string): boolean {
  return MEANT[character] === undefined || DRIVE.test(raw.slice(Math.max(0, sign - 3), sign))
}
