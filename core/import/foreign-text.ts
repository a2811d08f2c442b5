/** Kinds of text that have rows of their own making, by how they begin. */
const KINDS: readonly (readonly [start: RegExp, kind: string])[] = [
  [/^<(?:!doctype html|html|head|body|table|div|meta)\b/i, 'a web page (HTML)'],
  [/^<(?:\?xml|[a-z][\w.:-]{0,60}(?:\s[^<>]*)?>\s*<)/i, 'XML'],
  [/^(?:%YAML\b|(?:---[ \t]*\r?\n)?(?:[\w"']{1,60}:[ \t]*\r?\n)?[ \t]*-[ \t]+[\w"']{1,60}:[ \t])/, 'YAML'],
  [
    // Each statement ends at its line break, so that a text can be read in one way only.
    /^(?:(?:--|PRAGMA|BEGIN|SET )[^\r\n]*[\r\n]\s*|\/\*[^*]*\*\/;?\s*)*(?:CREATE TABLE|INSERT INTO|COPY \S+ \()/i,
    'SQL',
  ],
  [
    /^ID;P[A-Z0-9]{1,16}(?:;[A-Z]{1,2})*[\r\n]+(?:(?:[PBFCOWE]|NN|NU|NE)(?:;[^\r\n]*)?[\r\n]+){2}/,
    'a spreadsheet in the text form SYLK (.slk)',
  ],
  [/^BEGIN:V(?:CARD|CALENDAR)\b/, 'a vCard or a calendar'],
]

/** What other programs end lines with. Taken for text, all records would be names of columns. */
const OTHER_BREAKS: readonly (readonly [character: string, name: string])[] = [
  ['\u0085', 'U+0085 (next line)'],
  ['\u2028', 'U+2028 (line separator)'],
  ['\u2029', 'U+2029 (paragraph separator)'],
]

/** Characters looked at. */
const LOOKED_AT = 4096

/**
 * Says what a text is that is neither delimited nor JSON, so that no word of it is taken for a header.
 *
 * @param text its beginning
 * @returns the reason why it is not read; null where it may be a table
 *
 * Source: docs/methods/import.md, "Formats".
 */
export function foreignText(text: string): string | null {
  const start = text.trimStart().slice(0, LOOKED_AT)
  const kind = KINDS.find(([pattern]) => pattern.test(start))?.[1]
  if (kind !== undefined) return `The file is ${kind}, not a table; export it as CSV or JSON`
  const breaks = /[\r\n]/.test(start.trimEnd())
    ? undefined
    : OTHER_BREAKS.find(([character]) => start.includes(character))
  if (breaks !== undefined)
    return `Its lines end with ${breaks[1]}, which is no line break: save it with line feeds (LF) between the records`
  const field = fieldOfForm(start)
  return field === null
    ? null
    : `Each field stands on a line of its own ("${shortened(field)}"), not each record: export it as CSV or JSON, with a row for each record`
}

/**
 * The first field of a text whose records are written as lines of a name and a value each (`\x` of psql, `\G` of MySQL, `.mode line`
 * of SQLite): the same names come again and again in the same order. A table has its names once.
 */
function fieldOfForm(text: string): string | null {
  const lines = text.split(/[\r\n]+/).filter(line => line.trim() !== '' && !FORM_MARK.test(line))
  const fields = lines.flatMap(fieldOf)
  const [first] = fields
  // A table begins with its header, whatever its first cells look like.
  if (first?.line !== lines[0]?.trim()) return null
  const period = fields.findIndex(({ name, sign }, at) => at > 0 && name === first?.name && sign === first.sign)
  if (first === undefined || period < 2 || fields.length < 2 * period || 2 * fields.length < lines.length) return null
  const names = fields.map(({ name }) => name)
  if (new Set(names.slice(0, period)).size < period) return null
  // Pairs of neighbours, since a damaged line moves all that come behind it.
  const pairs = names.slice(1).map((name, at) => `${names[at]}\n${name}`)
  const known = new Set(pairs.slice(0, period))
  return pairs.filter(pair => known.has(pair)).length >= LEAST_SAME * pairs.length ? first.line : null
}

function fieldOf(line: string): readonly Readonly<{ line: string; name: string; sign: string }>[] {
  const [, name, sign] = FORM_FIELD.exec(line) ?? []
  return name === undefined || sign === undefined ? [] : [{ line: line.trim(), name, sign }]
}

/** Share of neighbours that are those of the first record. */
const LEAST_SAME = 0.8
const FORM_MARK = /^(?:-\[ RECORD \d+ \]|\*{5,} \d+\. row \*{5,})/
const FORM_FIELD = /^[ \t]*([\p{L}_$][^:=|,;\t"]{0,60}?)[ \t]*([:=|])/u

/** Why a text has no columns that is printed to be read: aligned by blanks, or drawn with lines; null where it is not. */
export function printedTable(text: string): string | null {
  const [header = '', second = ''] = text.split(/[\r\n]+/).filter(line => line.trim() !== '')
  const isAligned =
    !/[,;\t|]/.test(header) && GAPS.test(header.trim()) && (GAPS.test(second.trim()) || UNDERLINES.test(second))
  if (!isAligned && !BOX.test(header)) return null
  return 'The file is printed to be read, its columns aligned by blanks or drawn with lines: export it as CSV, or with a delimiter'
}

/** Two words or more, blanks between them. */
const GAPS = /\S {2,}\S/
const UNDERLINES = /^[ ]*-+(?: +-+)+[ ]*$/
const BOX = /^[ ]*[\u250c\u2554\u256d\u250f][\u2500-\u257f]+/

/** Why a file that is called as JSON and is a table of no kind is none; null where it is called otherwise. */
export function foreignJson(file: string, text: string): string | null {
  const [first = ''] = text.trimStart().split(/[\r\n]/, 1)
  if (!/\.(?:json|jsonl|ndjson|geojson)(?:\.gz)?$/i.test(file) || first === '') return null
  return `The file is called as JSON but is none: it begins with "${shortened(first)}" instead of [ or {`
}

/** Why the names of a file are none, where they stand in quotes that are no `"`; null where they do not. */
export function quotedNames(text: string): string | null {
  if (!OTHER_QUOTES.test(text.trimStart())) return null
  return 'The names in its first line stand in single or typographic quotes, which are read as part of them: export it with " as the quote'
}

const OTHER_QUOTES = /^(?:'[^'\r\n]+'|[“„«‘][^”“»’\r\n]+[”“»’])[ ]?[,;\t|]/
const SHOWN = 24

function shortened(text: string): string {
  return (text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text).replaceAll('"', "'")
}
