import type { Output } from '#contract/contract'
import { table } from './terminal.ts'

/** What was found out about one file; `fault` where it could not be read to its end. */
export type Inspection = Readonly<{
  plan: Output<'import.inspect'>['files'][number]
  proof: Output<'import.prove'> | null
  fault: string | null
  /** What the ids in the other files say against its key. */
  keyDoubts: Output<'import.compareKeys'>['doubts']
}>

type TableProof = Output<'import.prove'>['tables'][number]
type FieldProof = TableProof['fields'][number]
type FileView = Inspection['plan']

const FORMATS = { csv: 'CSV', json: 'JSON', jsonl: 'JSON Lines', unknown: 'unknown format' } as const
const DELIMITERS: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' }

/** Types whose values people map: the ones there are, with their counts. */
const MAPPED = new Set(['role', 'product_role', 'plan', 'plan_tier', 'status', 'stage', 'kind', 'workspace_status'])
const MOST_SHOWN = 12
const WIDEST = 60

/** What an import would do with one file, in words. */
export function inspectionText({ plan, proof, fault, keyDoubts }: Inspection): string {
  return [
    plan.file,
    `  ${layoutOf(plan)}`,
    `  ${plan.table === null ? 'Fits no table' : `Feeds ${(plan.tables ?? [plan.table]).join(', ')}`}: ${plan.reason}`,
    ...recognitionLines(plan),
    ...(fault === null ? [] : [`  Cannot be read to its end: ${fault}`]),
    ...(proof === null ? columnLines(plan) : proof.tables.flatMap(each => proofLines(each, plan))),
    ...keyDoubts.map(doubt => `  Question: ${questionOf(doubt)} ${doubt.message}`),
  ].join('\n')
}

function questionOf({ field, headers, other }: Inspection['keyDoubts'][number]): string {
  return other === null ? `is "${headers.join(', ')}" the ${field}?` : `which column is ${field}?`
}

function layoutOf({ format, delimiter, encoding, compression, bytes, ...plan }: FileView): string {
  const between = delimiter === null ? [] : [`separated by ${DELIMITERS[delimiter] ?? JSON.stringify(delimiter)}`]
  const packed = compression === 'none' ? [] : [compression]
  return [
    FORMATS[format],
    ...between,
    ...(plan.escape === 'backslash' ? ['backslash escapes'] : []),
    encoding,
    ...packed,
    `${bytes} bytes`,
  ].join(', ')
}

function recognitionLines({ recognition }: FileView): readonly string[] {
  if (recognition === undefined) return []
  const { score, missing, doubts, runnerUp } = recognition
  const next =
    runnerUp === null ? [] : [`next best table: ${runnerUp.name}, ${percent(runnerUp.score)}${lacks(runnerUp.missing)}`]
  const parts = [
    `fit ${percent(score)}`,
    ...(missing.length === 0 ? [] : [`not in the file: ${missing.join(', ')}`]),
    ...next,
  ]
  const odd = doubts.length === 0 ? [] : [`  Not taken because their values look otherwise: ${doubts.join(', ')}`]
  return [`  ${parts.join('; ')}`, ...odd]
}

const percent = (share: number): string => `${Math.round(share * 100)} %`

function lacks(missing: readonly string[]): string {
  return missing.length === 0 ? '' : `, but the file has no ${missing.join(', ')}`
}

function columnLines({ columns }: FileView): readonly string[] {
  if (columns.length === 0) return []
  const rows = columns.map(({ header, column, match, type, samples }) => [
    short(header),
    column ?? (match === 'secret' ? '(secret, not read)' : '(custom field)'),
    type,
    short(samples.join(' | ')),
  ])
  return indented(table([['column', 'field', 'type', 'samples'], ...rows]))
}

function proofLines(proof: TableProof, plan: FileView): readonly string[] {
  const { read, readable, held, skipped } = proof
  return [
    '',
    `  ${proof.table}: ${read} records, ${readable} can be loaded, ${held} would be held, ${skipped} skipped`,
    ...indented(
      table([['field', 'from', 'type', 'filled', 'missing', 'read as', 'samples'], ...proof.fields.map(fieldRow)]),
    ),
    ...customLine(plan, proof),
    ...proof.fields.flatMap(valueLines),
    ...heldLines(proof),
    ...proof.questions.map(
      ({ field, answers, flag, both, example, counts }) =>
        `  Question: ${field} can be read in two ways (${both} values such as "${example}" fit both, ${counts[0]} only ${answers[0]}, ${counts[1]} only ${answers[1]}): say ${answers.map(answer => `${flag} ${answer}`).join(' or ')}`,
    ),
    ...proof.notes.map(({ code, message }) => `  Note (${code}): ${message}`),
  ]
}

function fieldRow({ field, from, type, filled, missing, reading, samples }: FieldProof): readonly string[] {
  const source = from.length > 2 ? `${from.slice(0, 2).join(', ')}, ...` : from.join(', ')
  return [
    field,
    short(source || '(constant)'),
    type,
    String(filled),
    String(missing),
    reading ?? '',
    short(samples.join(' | ')),
  ]
}

function customLine({ columns, mapping }: FileView, { table: name, fields }: TableProof): readonly string[] {
  const used = new Set(fields.flatMap(({ from }) => from))
  // Beside the first table of a file, one may keep nothing but its fields.
  const isDropping = mapping?.tables.find(each => each.table === name)?.others === 'drop'
  const secret = columns.filter(({ match }) => match === 'secret').map(({ header }) => header)
  const custom = columns
    .filter(({ header, match }) => match === 'custom' && !isDropping && !used.has(header))
    .map(({ header }) => header)
  return [
    ...(custom.length === 0
      ? []
      : [`  Kept as custom fields: ${custom.map(header => JSON.stringify(header)).join(', ')}`]),
    ...(secret.length === 0 ? [] : [`  Not read, secret: ${secret.map(header => JSON.stringify(header)).join(', ')}`]),
  ]
}

function valueLines({ field, values }: FieldProof): readonly string[] {
  if (!MAPPED.has(field) || values === null || values.length === 0) return []
  const shown = values.slice(0, MOST_SHOWN).map(({ value, count }) => `${value} (${count})`)
  const more = values.length > MOST_SHOWN ? ` and ${values.length - MOST_SHOWN} more` : ''
  return [`  Values of ${field}: ${shown.join(', ')}${more}`]
}

function heldLines({ fields, faults }: TableProof): readonly string[] {
  const all = [
    ...fields.flatMap(({ field, faults: own }) => own.map(fault => ({ ...fault, where: ` in ${field}` }))),
    ...faults.map(fault => ({ ...fault, where: '' })),
  ]
  return all.map(({ code, count, where, message }) => `  Held: ${count} x ${code}${where}: ${message}`)
}

function indented(text: string): readonly string[] {
  return text.split('\n').map(line => `    ${line}`)
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > WIDEST ? `${line.slice(0, WIDEST)}...` : line
}
