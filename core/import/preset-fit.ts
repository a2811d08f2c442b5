import type { ColumnPlan } from '#schema/import'
import type { MappedField, RowCondition, TableMapping } from '#schema/mapping'
import { TABLES } from '#schema/tables'
import { rowFilter } from './derived-fields.ts'
import { type FileShape, type PathFinder, pathKey } from './file-shape.ts'
import { requiredColumns } from './headers.ts'
import { pathOf } from './mapping-plan.ts'
import type { ExportShape, PresetField, PresetTable, SourcePreset } from './presets/preset.ts'

/** A kind of export and how well a file fits it. */
export type PresetFit = Readonly<{
  title: string
  /** Of the groups of marks, the share that is there, 0..1; of a kind that fits, more the more of its fields are there. */
  score: number
  isFit: boolean
  /** Does it count only where nothing else does? */
  isFaint: boolean
  /** Why it feeds no table, where that is not told by the tables. */
  why?: string | undefined
  /** Marks that are there, as the file spells them. */
  matched: readonly string[]
  /** What is missing: of each group without a hit its first mark; tables without what they need. */
  missing: readonly string[]
  /** How the file would be read, spelled as the file is; empty where it does not fit. */
  tables: readonly TableMapping[]
}>

/** Of the values looked at, this share must look as they do in exports of the kind. */
const ENOUGH_VALUES = 0.8
const MARKS_WORTH = 0.7

/** How well a file fits each kind of export of a source. */
export function presetFits(preset: SourcePreset, shape: FileShape, finder: PathFinder): readonly PresetFit[] {
  return preset.shapes.map(kind => fitOf(kind, shape, finder))
}

function fitOf(kind: ExportShape, shape: FileShape, finder: PathFinder): PresetFit {
  const find = (mark: string): string | null => finder.find(mark) ?? memberOf(mark, shape)
  const hits = kind.marks.map(group => group.map(find).find(found => found !== null) ?? null)
  const matched = hits.filter(hit => hit !== null)
  const missing = kind.marks.flatMap((group, i) => (hits[i] === null ? [group[0] ?? ''] : []))
  const { title, isFaint = false } = kind
  const share = matched.length / kind.marks.length
  const none = { title, score: MARKS_WORTH * share, isFit: false, isFaint, matched, tables: [] }
  if (missing.length > 0) return { ...none, missing }
  const barred = (kind.without ?? []).filter(mark => hasHeader(mark, shape))
  if (barred.length > 0) return { ...none, missing: [`no ${barred[0]}`] }
  const beside = headersBeside(kind, shape)
  if (beside.length > 0) return { ...none, missing: [`no ${beside[0]}`] }
  const odd = Object.entries(kind.values ?? {}).find(([path, pattern]) => !valuesLookSo(finder, path, pattern))
  if (odd !== undefined) return { ...none, missing: [`its usual values in ${odd[0]}`] }
  const tables = kind.tables.flatMap(table => tableMapping(table, shape, finder))
  if (tables.length === 0 && kind.tables.length > 0) return { ...none, missing: unmetNeeds(kind, finder) }
  return {
    title,
    // Nothing is told beside what is known: no other kind fits better.
    score: kind.only === undefined ? MARKS_WORTH + (1 - MARKS_WORTH) * fieldShare(kind, tables) : 1,
    isFit: true,
    isFaint,
    why: kind.why,
    matched,
    missing: [],
    tables,
  }
}

function headersBeside({ only }: ExportShape, { headers }: FileShape): readonly string[] {
  if (only === undefined) return []
  const keys = new Set(only.map(pathKey))
  return headers.filter(header => !keys.has(pathKey(header)))
}

/** A mark may be an object of JSON, of which the headers name the members alone. */
function memberOf(mark: string, { isJson, headers }: FileShape): string | null {
  return isJson && headers.some(header => header.startsWith(`${mark}.`)) ? mark : null
}

function hasHeader(mark: string, { headers }: FileShape): boolean {
  const key = pathKey(mark)
  return headers.some(header => pathKey(header) === key)
}

function valuesLookSo(finder: PathFinder, path: string, pattern: string): boolean {
  const at = finder.find(path)
  const texts = at === null ? [] : finder.texts(at)
  const regex = new RegExp(pattern)
  return texts.filter(text => regex.test(text)).length >= ENOUGH_VALUES * texts.length
}

function fieldShare(kind: ExportShape, tables: readonly TableMapping[]): number {
  const [first] = tables
  const listed = kind.tables.find(({ table }) => table === first?.table)
  return (first?.fields.length ?? 0) / Math.max(1, Object.keys(listed?.fields ?? {}).length, first?.fields.length ?? 0)
}

function unmetNeeds(kind: ExportShape, finder: PathFinder): readonly string[] {
  const [table] = kind.tables
  if (table === undefined) return []
  return requiredColumns(table.table).filter(column => presentSources(table.fields[column], finder).length === 0)
}

/** @returns the table as the file would feed it; none where what it needs is not there */
function tableMapping(table: PresetTable, shape: FileShape, finder: PathFinder): readonly TableMapping[] {
  const fields = Object.entries(table.fields).flatMap(([field, preset]) => mappedField(field, preset, shape, finder))
  const filled = new Set(fields.map(({ field }) => field))
  // Calls of one kind may begin behind the head: whether they have what they need shows there.
  const isLate = table.when !== undefined && shape.isJson && !shape.isWhole
  const isThere = (field: string): boolean => {
    const preset = table.fields[field]
    if (isLate) return filled.has(field)
    return filled.has(field) && (constantOf(preset) !== undefined || presentSources(preset, finder).length > 0)
  }
  if (![...requiredColumns(table.table), ...(table.needs ?? [])].every(isThere)) return []
  const when = conditionsOf(table, finder)
  if (!hasRows(when, shape)) return []
  const extra = table.isAside === true ? [] : canonicalFields(table, fields, shape)
  return [
    {
      table: table.table,
      fields: [...fields, ...extra],
      ...(when.length === 0 ? {} : { when }),
      ...(table.isAside === true ? { others: 'drop' as const } : {}),
    },
  ]
}

function conditionsOf({ when = [], whenFilled, fields }: PresetTable, finder: PathFinder): RowCondition[] {
  const given = when.map(condition => ({ ...condition, path: finder.find(condition.path) ?? condition.path }))
  const [filled] = whenFilled === undefined ? [] : presentSources(fields[whenFilled], finder)
  return filled === undefined ? given : [...given, { path: pathOf(filled), isFilled: true }]
}

/** Is there a row of the table, as far as can be told? A file that goes on beyond its head may still have one. */
function hasRows(when: readonly RowCondition[], shape: FileShape): boolean {
  if (!shape.isWhole) return true
  const columns = shape.headers.map((header): ColumnPlan => ({ header, column: null, match: 'custom' }))
  const filter = rowFilter({ when, columns, format: shape.isJson ? 'jsonl' : 'csv' })
  if (filter === null) return true
  const empty: readonly string[] = []
  return shape.isJson
    ? shape.objects.some(object => filter(empty, object))
    : shape.records.some(cells => filter(cells, null))
}

function sourcesOf(preset: PresetField | undefined): readonly MappedField['from'][number][] {
  if (preset === undefined) return []
  return 'from' in preset ? preset.from : preset
}

function constantOf(preset: PresetField | undefined): string | undefined {
  return preset !== undefined && 'from' in preset ? preset.constant : undefined
}

function presentSources(preset: PresetField | undefined, finder: PathFinder): readonly MappedField['from'][number][] {
  return sourcesOf(preset).flatMap(source => {
    const found = finder.find(pathOf(source))
    if (found === null) return []
    return [typeof source === 'string' ? found : { ...source, path: found }]
  })
}

/** JSON leaves out what is empty, so that a source may first show far into the file: paths that are not there stay. */
function mappedField(field: string, preset: PresetField, shape: FileShape, finder: PathFinder): readonly MappedField[] {
  const present = presentSources(preset, finder)
  const isOver = !shape.isJson || shape.isWhole
  if (present.length === 0 && constantOf(preset) === undefined && isOver) return []
  const isAbsent = (path: string): boolean => finder.find(path) === null
  const later = shape.isJson ? sourcesOf(preset).filter(source => isAbsent(pathOf(source))) : []
  const settings = 'from' in preset ? preset : {}
  const { from: _from, combine = 'first', ...others } = settings as Exclude<PresetField, readonly string[]>
  const from = distinct([...present, ...(combine === 'join' ? [] : later)])
  return [{ ...others, field, from, combine }]
}

function distinct(sources: MappedField['from']): MappedField['from'] {
  const seen = new Set<string>()
  return sources.filter(source => {
    const key = JSON.stringify(source)
    const isNew = !seen.has(key)
    seen.add(key)
    return isNew
  })
}

/** Headers that are canonical names fill what the preset leaves open: a column that somebody added to the export. */
function canonicalFields(
  { table }: PresetTable,
  fields: readonly MappedField[],
  { headers }: FileShape,
): readonly MappedField[] {
  const open = Object.keys(TABLES[table].columns).filter(column => fields.every(({ field }) => field !== column))
  const used = new Set(fields.flatMap(({ from }) => from.map(pathOf)))
  return open.flatMap((column): MappedField[] => {
    const header = headers.find(each => pathKey(each) === pathKey(column) && !used.has(each))
    return header === undefined ? [] : [{ field: column, from: [header], combine: 'first' }]
  })
}
