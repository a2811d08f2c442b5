import type { ColumnPlan, FilePlan, Recognition } from '#schema/import'
import type { FileMapping, TableMapping } from '#schema/mapping'
import { TABLE_NAMES } from '#schema/tables'
import { conditionsOfMarks } from './deleted-rows.ts'
import { type FileShape, type PathFinder, pathFinder } from './file-shape.ts'
import { fitMapping, isAlike, isMadeFor } from './mapping-fit.ts'
import { columnsOfMapping } from './mapping-plan.ts'
import { type PresetFit, presetFits } from './preset-fit.ts'
import { OWN_LISTS } from './presets/own-lists.ts'
import { SOURCES } from './presets/sources.ts'
import { SYNC_ENVELOPES } from './presets/sync-envelopes.ts'
import { chooseTable, isNamedAfter, type TableChoice } from './table-choice.ts'

/** What a file is taken for: one entry per table that it feeds; one without a table where it feeds none. */
export type RecognisedTable = Pick<
  FilePlan,
  'table' | 'reason' | 'columns' | 'source' | 'derived' | 'when' | 'dropsOthers' | 'recognition'
> &
  /** What its mapping says. */
  Readonly<{ encoding?: string | undefined; escape?: FileMapping['escape'] }>

/** Mappings that may say how a file is read. */
export type MappingOffer = Readonly<{
  /** The analyst's for this very file. */
  assigned?: FileMapping | undefined
  /** Given for this import: the first that fits is used. */
  offered?: readonly FileMapping[] | undefined
  /** Kept from earlier imports: used for files of exactly the same headers, in JSON also of mostly the same keys. */
  remembered?: readonly FileMapping[] | undefined
}>

/** How far off a kind of export may be and still be worth a word. */
const WORTH_NAMING = 0.5

/**
 * Says what a file is: by the mapping that was made for it, else by the marks of a known kind of export, else by its
 * headers and values.
 *
 * @returns what it feeds and why, with the score, what matched, what is missing and what comes next to it
 *
 * Source: docs/methods/import.md, "Recognition".
 */
export function recognise(shape: FileShape, offer: MappingOffer): readonly RecognisedTable[] {
  const finder = pathFinder(shape)
  const mapped = mappingFor(shape, finder, offer)
  if (mapped !== null) return mapped
  const all = [OWN_LISTS, SYNC_ENVELOPES, ...SOURCES].flatMap(source => presetFits(source, shape, finder))
  const fits = all.filter(({ isFaint }) => !isFaint)
  const choice = chooseTable(shape.listName ?? shape.file, shape.headers, shape.records)
  const best = bestOf(fits) ?? (choice.table === null ? faintFit(all, shape) : undefined)
  if (best !== undefined) return presetTables(best, shape, fits, choice)
  const when = choice.table === null ? [] : conditionsOfMarks(shape.headers)
  const recognition = headerRecognition(choice, fits)
  return [{ ...choice, ...(when.length === 0 ? {} : { when }), recognition }]
}

function bestOf(fits: readonly PresetFit[]): PresetFit | undefined {
  return fits.filter(({ isFit }) => isFit).toSorted((a, b) => b.score - a.score)[0]
}

/** What feeds a table goes before what only says that it cannot be told which. */
function faintFit(fits: readonly PresetFit[], { listName, file }: FileShape): PresetFit | undefined {
  const faint = fits.filter(({ isFaint }) => isFaint)
  const named = TABLE_NAMES.filter(table => isNamedAfter(table, listName ?? file))
  const feeding = faint.filter(({ tables }) => tables.length > 0)
  const best = bestOf(feeding.filter(({ tables }) => named.every(name => tables.some(({ table }) => table === name))))
  return best ?? (named.length === 0 ? bestOf(faint.filter(({ tables }) => tables.length === 0)) : undefined)
}

function mappingFor(shape: FileShape, finder: PathFinder, offer: MappingOffer): readonly RecognisedTable[] | null {
  const { assigned, offered = [], remembered = [] } = offer
  if (assigned !== undefined) {
    const fit = fitMapping(assigned, shape, finder)
    if (fit.isFit) return mappedTables(assigned, fit.tables, shape, 'assigned')
    return [refusedMapping(assigned, fit.why, shape)]
  }
  for (const mapping of offered) {
    const fit = fitMapping(mapping, shape, finder)
    if (fit.isFit) return mappedTables(mapping, fit.tables, shape, 'offered')
  }
  for (const mapping of remembered) {
    if (!isMadeFor(mapping, shape) && !(shape.isJson && isAlike(mapping, shape))) continue
    const fit = fitMapping(mapping, shape, finder)
    if (fit.isFit) return mappedTables(mapping, fit.tables, shape, 'remembered')
  }
  return null
}

type Origin = 'assigned' | 'offered' | 'remembered'

function mappedTables(
  mapping: FileMapping,
  tables: readonly TableMapping[],
  shape: FileShape,
  origin: Origin,
): readonly RecognisedTable[] {
  const { source } = mapping
  const words =
    origin === 'remembered' ? `Read as before, by the mapping "${source}"` : `Read by the mapping "${source}"`
  return tables.map(table => ({
    table: table.table,
    ...columnsOfMapping(table, shape.headers),
    source,
    encoding: mapping.encoding,
    escape: mapping.escape,
    reason: words,
    recognition: {
      by: 'mapping',
      score: 1,
      matched: table.fields.map(({ field }) => field),
      missing: [],
      doubts: [],
      runnerUp: null,
    },
  }))
}

function refusedMapping({ source }: FileMapping, why: string, { headers }: FileShape): RecognisedTable {
  const columns = headers.map((header): ColumnPlan => ({ header, column: null, match: 'custom' }))
  const recognition: Recognition = { by: 'mapping', score: 0, matched: [], missing: [why], doubts: [], runnerUp: null }
  return { table: null, columns, reason: `The mapping "${source}" does not fit: ${why}`, recognition }
}

function presetTables(
  best: PresetFit,
  shape: FileShape,
  fits: readonly PresetFit[],
  choice: TableChoice,
): readonly RecognisedTable[] {
  const others = fits.filter(({ title }) => title !== best.title).toSorted((a, b) => b.score - a.score)
  const marks = best.matched.map(mark => `"${mark}"`).join(', ')
  if (best.tables.length === 0) {
    const columns = shape.headers.map((header): ColumnPlan => ({ header, column: null, match: 'custom' }))
    const reason = `${best.title} (${marks} mark it): ${best.why ?? 'no table takes them'}`
    return [{ table: null, columns, source: best.title, reason, recognition: presetRecognition(best, null) }]
  }
  return best.tables.map(table => {
    const mapped = columnsOfMapping(table, shape.headers)
    const read = mapped.columns.filter(({ column }) => column !== null).length
    const [next] = others
    const runnerUp = next === undefined || next.score < choice.score ? runnerUpOf(choice) : presetRival(next)
    return {
      table: table.table,
      ...mapped,
      source: best.title,
      reason: `${best.title}: ${marks} mark it; ${read} of ${shape.headers.length} columns feed ${table.table}`,
      recognition: presetRecognition(best, runnerUp),
    }
  })
}

function presetRecognition({ score, matched }: PresetFit, runnerUp: Recognition['runnerUp']): Recognition {
  return { by: 'preset', score: rounded(score), matched, missing: [], doubts: [], runnerUp }
}

function headerRecognition(choice: TableChoice, fits: readonly PresetFit[]): Recognition {
  const near = fits.toSorted((a, b) => b.score - a.score).find(({ score }) => score >= WORTH_NAMING)
  const isTaken = choice.table !== null
  const runnerUp = near !== undefined && !isTaken ? presetRival(near) : runnerUpOf(choice)
  return {
    by: isTaken ? 'headers' : 'none',
    score: rounded(choice.score),
    matched: [...new Set(choice.columns.flatMap(({ column }) => column ?? []))],
    missing: choice.missing,
    doubts: choice.doubts,
    runnerUp,
  }
}

function presetRival({ title, score, missing }: PresetFit): Recognition['runnerUp'] {
  return { name: title, score: rounded(score), missing: [...missing] }
}

function runnerUpOf({ runnerUp }: TableChoice): Recognition['runnerUp'] {
  return runnerUp === null ? null : { ...runnerUp, score: rounded(runnerUp.score) }
}

function rounded(score: number): number {
  return Math.round(Math.min(1, score) * 100) / 100
}
