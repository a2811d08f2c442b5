/** How ids are written that hardly anybody means so: what of each, and how it is told. */
const FORMS: readonly (readonly [form: RegExp, words: string])[] = [
  [/^="[^"]*"$/, 'are written as formulas'],
  [/^'.*'$/, 'stand in single quotes'],
  [/^[“”„«‘’].+[”“»’‘]$/, 'stand in typographic quotes'],
  [/^'[^']+$/, 'begin with an apostrophe, as spreadsheets mark text'],
  [/^\d{1,15}\.0$/, 'are whole numbers written with .0'],
  [/[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/, 'hold characters that cannot be seen'],
]
/** Only ids with such a character, or .0 at their end, can have one of these forms. */
const SUSPECT = /^[=']|\.0$|[^ -~]/
const NAMED_LINES = 5

export type OddIds = Readonly<{ words: string; count: number; lines: readonly number[]; example: string }>

/**
 * Watches the ids of one column for spellings that would match no id of another file: they are loaded as written and named.
 *
 * Source: docs/methods/import.md, "Spreadsheets".
 */
export class OddIdWatch {
  private readonly seen = FORMS.map(() => ({ count: 0, lines: [] as number[], example: '' }))

  look(text: string, line: number): void {
    if (!SUSPECT.test(text)) return
    const at = FORMS.findIndex(([form]) => form.test(text))
    const found = this.seen[at]
    if (found === undefined) return
    if (found.count++ === 0) found.example = text
    if (found.lines.length < NAMED_LINES) found.lines.push(line)
  }

  found(): readonly OddIds[] {
    return this.seen.flatMap((each, at) => (each.count === 0 ? [] : [{ words: FORMS[at]?.[1] ?? '', ...each }]))
  }
}
