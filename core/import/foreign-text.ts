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
  [/^BEGIN:V(?:CARD|CALENDAR)\b/, 'a vCard or a calendar'],
]

/** Bytes looked at. */
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
  return kind === undefined ? null : `The file is ${kind}, not a table; export it as CSV or JSON`
}

/** Why a file that is called as JSON and is a table of no kind is none; null where it is called otherwise. */
export function foreignJson(file: string, text: string): string | null {
  const [first = ''] = text.trimStart().split(/[\r\n]/, 1)
  if (!/\.(?:json|jsonl|ndjson|geojson)(?:\.gz)?$/i.test(file) || first === '') return null
  const shown = first.length > SHOWN ? `${first.slice(0, SHOWN)}...` : first
  return `The file is called as JSON but is none: it begins with "${shown.replaceAll('"', "'")}" instead of [ or {`
}

/** Why the names of a file are none, where they stand in quotes that are no `"`; null where they do not. */
export function quotedNames(text: string): string | null {
  if (!OTHER_QUOTES.test(text.trimStart())) return null
  return 'The names in its first line stand in single or typographic quotes, which are read as part of them: export it with " as the quote'
}

const OTHER_QUOTES = /^(?:'[^'\r\n]+'|[“„«‘][^”“»’\r\n]+[”“»’])[ ]?[,;\t|]/
const SHOWN = 24
