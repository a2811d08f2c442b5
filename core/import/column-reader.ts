import { AppError } from '#lib/errors'
import { type Calendar, calendarOf, wallClockOf } from '#lib/time'
import type { ImportOptions, Reading } from '#schema/import'
import { type Column, TABLES, type TableName, type Value } from '#schema/tables'
import { decimalOf, formOf, judgeMoments, judgeNumbers, type Verdict } from './proof.ts'
import { readBoolean, readId, readList, readObjectText } from './values/cell-reader.ts'
import type { FaultSlot } from './values/fault.ts'
import { momentReader, type ZoneClock } from './values/moment-reader.ts'
import { numberReader, readJsonNumber } from './values/number-reader.ts'

/** Reads the cells of one column of one table and remembers what they prove. */
export type ColumnReader = Readonly<{
  column: string
  /** Position among the table's canonical columns. */
  index: number
  type: Column['type']
  isRequired: boolean
  /**
   * @param text without blanks around it, not missing
   * @param isNumber was it written as a JSON number?
   * @param slot told why, where the text cannot be read; the value is then void
   */
  read(text: string, isNumber: boolean, slot: FaultSlot): Value
  /** How the column is to be read by all values so far; null where its type leaves no choice. */
  verdict(): Verdict | null
  /** The first value that can be read in two ways; empty where there is none. */
  example(): string
  /** Takes in what cells prove that were read elsewhere, by the names of the column's tally. */
  observe(evidence: Readonly<Record<string, number>>): void
  /** Times of day read without an offset. */
  zoneless(): number
  /** What to tell the analyst at the end. */
  notes(): readonly string[]
}>

type Common = Pick<ColumnReader, 'column' | 'index' | 'type' | 'isRequired'>
type Settings = Readonly<{ reading: Reading | undefined; options: ImportOptions; zone: ZoneClock; isEvent: boolean }>

/**
 * Readers for the columns of a table, by name.
 *
 * @param readings how the plan reads them
 * @param options the analyst's answers; a missing zone is UTC
 * @throws AppError `usage/bad-argument` where the platform does not know the zone
 */
export function columnReaders(
  table: TableName,
  readings: Readonly<Record<string, Reading>>,
  options: ImportOptions,
): ReadonlyMap<string, ColumnReader> {
  const zone = zoneClock(options.timeZone ?? 'UTC')
  const columns: readonly [string, Column][] = Object.entries(TABLES[table].columns)
  return new Map(
    columns.map(([column, definition], index) => {
      const common = { column, index, type: definition.type, isRequired: definition.required === true }
      const settings = { reading: readings[column], options, zone, isEvent: table === 'events' }
      return [column, readerOf(common, definition, settings)]
    }),
  )
}

/** Clocks of an IANA zone. */
function zoneClock(timeZone: string): ZoneClock {
  try {
    const calendar: Calendar = calendarOf(timeZone)
    return { isUtc: timeZone === 'UTC', wallClock: wallClockOf(timeZone), startOf: day => calendar.startOf(day) }
  } catch (cause) {
    throw new AppError('usage/bad-argument', `Unknown time zone "${timeZone}"`, { timeZone }, { cause })
  }
}

const silent = {
  verdict: () => null,
  example: () => '',
  observe: () => {},
  zoneless: () => 0,
  notes: () => [],
} as const

function readerOf(common: Common, definition: Column, settings: Settings): ColumnReader {
  switch (definition.type) {
    case 'moment':
      return momentColumn(common, settings)
    case 'number':
    case 'integer':
    case 'money':
      return numberColumn(common, definition.type, settings)
    case 'enum':
      return enumColumn(common, definition.values ?? [])
    case 'id':
      return { ...common, ...silent, read: (text, _isNumber, slot) => readId(text, slot) }
    case 'boolean':
      return { ...common, ...silent, read: (text, _isNumber, slot) => readBoolean(text, slot) }
    case 'list':
      return { ...common, ...silent, read: (text, _isNumber, slot) => readList(text, slot) }
    case 'json':
      return { ...common, ...silent, read: (text, _isNumber, slot) => readObjectText(text, slot) }
    default:
      return { ...common, ...silent, read: text => text }
  }
}

function momentColumn(common: Common, { reading, options, zone, isEvent }: Settings): ColumnReader {
  const reader = momentReader(formOf(reading), zone)
  return {
    ...common,
    ...silent,
    read: isEvent ? (text, _, slot) => reader.readInstant(text, slot) : (text, _, slot) => reader.read(text, slot),
    example: () => reader.example(),
    observe: evidence => add(reader.tally, evidence),
    verdict: () => judgeMoments(reader.tally, options),
    zoneless: () => reader.tally.zoneless,
  }
}

function numberColumn(common: Common, kind: 'number' | 'integer' | 'money', settings: Settings): ColumnReader {
  const reader = numberReader(kind, decimalOf(settings.reading))
  return {
    ...common,
    ...silent,
    read: (text, isNumber, slot) => (isNumber ? readJsonNumber(text, kind, slot) : reader.read(text, slot)),
    example: () => reader.example(),
    observe: evidence => add(reader.tally, evidence),
    verdict: () => judgeNumbers(reader.tally, settings.options),
  }
}

function add<K extends string>(tally: Record<K, number>, evidence: Readonly<Record<string, number>>): void {
  // The keys of a tally are its own names.
  for (const name of Object.keys(tally) as K[]) tally[name] += evidence[name] ?? 0
}

/** A required column takes its listed values only; elsewhere another value is kept in lower case and counted. */
function enumColumn(common: Common, values: readonly string[]): ColumnReader {
  const byNormal = new Map(values.map(value => [normalValue(value), value]))
  const unlisted = new Map<string, number>()
  return {
    ...common,
    ...silent,
    read(text, _isNumber, slot) {
      const value = byNormal.get(normalValue(text))
      if (value !== undefined) return value
      if (common.isRequired) slot.code = 'value/not-in-list'
      const lower = text.toLowerCase()
      if (unlisted.size < MOST_UNLISTED || unlisted.has(lower)) unlisted.set(lower, (unlisted.get(lower) ?? 0) + 1)
      return lower
    },
    notes() {
      if (common.isRequired || unlisted.size === 0) return []
      const seen = [...unlisted].slice(0, 5).map(([value, count]) => `"${value}" (${count})`)
      return [`${common.column}: kept as written, but not one of ${values.join(', ')}: ${seen.join(', ')}.`]
    },
  }
}

const MOST_UNLISTED = 1000

/** Case, blanks, `-` and `_` do not matter. */
function normalValue(text: string): string {
  return text.toLowerCase().replace(/[\s_-]+/g, '_')
}
