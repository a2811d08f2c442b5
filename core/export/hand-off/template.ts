import { CLAIMS, FIELDS, type FieldName, type FieldValues } from './template-fields.ts'

/** Something that is wrong in a template; lines are counted from 1. */
export type TemplateProblem = Readonly<{ line: number; message: string }>

type Piece = Readonly<{ literal: string }> | Readonly<{ field: FieldName }>

/** A template that was read: lines of literals and fields. */
export type Template = readonly (readonly Piece[])[]

const FIELD = /\{([^{}]*)\}/g
const FIGURE = /\d|%|[$€£¥]/

/**
 * Reads a template: lines of text with fields in braces.
 *
 * @param text `Trial ends on {trial_end}`
 * @returns the template, and what is wrong with it: an unknown field, a brace that is left open, a figure outside a field, or a
 *   word that claims what only a field may say (`CLAIMS`) on a line without that field
 *
 * Source: docs/methods/export.md, "Templates".
 */
export function readTemplate(text: string): Readonly<{ template: Template; problems: readonly TemplateProblem[] }> {
  const problems: TemplateProblem[] = []
  const template = text.split(/\r\n|\r|\n/).map((line, i) => {
    const pieces = piecesOf(line)
    const fields = pieces.flatMap(piece => ('field' in piece ? [piece.field] : []))
    const literal = pieces.map(piece => ('literal' in piece ? piece.literal : ' ')).join('')
    for (const message of problemsOf(line, literal, fields)) problems.push({ line: i + 1, message })
    return pieces
  })
  return { template, problems }
}

function piecesOf(line: string): readonly Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const found of line.matchAll(FIELD)) {
    const name = found[1] ?? ''
    if (!isFieldName(name)) continue
    if (found.index > at) pieces.push({ literal: line.slice(at, found.index) })
    pieces.push({ field: name })
    at = found.index + found[0].length
  }
  if (at < line.length) pieces.push({ literal: line.slice(at) })
  return pieces
}

function isFieldName(name: string): name is FieldName {
  return Object.hasOwn(FIELDS, name)
}

function problemsOf(line: string, literal: string, fields: readonly FieldName[]): readonly string[] {
  const unknown = [...line.matchAll(FIELD)].map(found => found[1] ?? '').filter(name => !isFieldName(name))
  const plain = literal.replace(FIELD, '')
  return [
    ...unknown.map(name => `there is no field {${name}}`),
    ...(/[{}]/.test(plain) ? ['a brace is left open'] : []),
    ...(FIGURE.test(plain) ? ['a figure that no field gives; use a field for it'] : []),
    ...CLAIMS.flatMap(({ pattern, fields: needed, what }) =>
      pattern.test(plain) && !needed.some(field => fields.includes(field))
        ? [`this claims ${what}, which only ${needed.map(field => `{${field}}`).join(' or ')} can say`]
        : [],
    ),
  ]
}

/**
 * A template with the values of one unit.
 *
 * A line of which a field is unknown is left out, so that no text says what the data does not hold; a list field is written one
 * entry per line, each behind what stands before it on its line. Blank lines part blocks; a block whose fields are all unknown
 * goes with its heading.
 *
 * @param values null and empty lists are unknown
 *
 * Source: docs/methods/export.md, "Templates".
 */
export function fillTemplate(template: Template, values: FieldValues): string {
  const blocks: string[] = []
  let lines: string[] = []
  let asked = 0
  let told = 0
  const end = (): void => {
    if (lines.length > 0 && (asked === 0 || told > 0)) blocks.push(lines.join('\n'))
    lines = []
    asked = 0
    told = 0
  }
  for (const pieces of template) {
    if (pieces.length === 0) {
      end()
      continue
    }
    const filled = fillLine(pieces, values)
    if (pieces.some(isField)) {
      asked++
      if (filled !== null) told++
    }
    if (typeof filled === 'string') lines.push(filled.trimEnd())
    else for (const line of filled ?? []) lines.push(line.trimEnd())
  }
  end()
  return blocks.join('\n\n')
}

/** One line, or several where a field has several entries; null where a field is unknown. */
function fillLine(pieces: readonly Piece[], values: FieldValues): string | readonly string[] | null {
  let lines: string | readonly string[] = ''
  for (const piece of pieces) {
    const value = isField(piece) ? values(piece.field) : piece.literal
    if (value === null || value.length === 0) return null
    lines = joined(lines, value)
  }
  return lines
}

/** Each line with each of the texts after it. */
function joined(lines: string | readonly string[], value: string | readonly string[]): string | readonly string[] {
  if (typeof lines === 'string') return typeof value === 'string' ? lines + value : value.map(text => lines + text)
  const texts = typeof value === 'string' ? [value] : value
  return lines.flatMap(line => texts.map(text => line + text))
}

const isField = (piece: Piece): piece is Readonly<{ field: FieldName }> => 'field' in piece
