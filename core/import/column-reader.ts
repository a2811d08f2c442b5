import { AppError } from '#lib/errors'
import { wallClockOf } from '#lib/time'
import type { AnswerName, ImportNote, ImportOptions, Reading } from '#schema/import'
import { type KnownWords, knownWordsOf } from '#schema/known-words'
import type { ColumnSettings } from '#schema/mapping'
import { type Column, TABLES, type TableName } from '#schema/tables'
import type { ColumnReader } from './column.ts'
import { withSettings } from './column-settings.ts'
import { decimalOf, formOf, judgeMoments, judgeNumbers, type Verdict } from './proof.ts'
import { UnlistedWords } from './unlisted-words.ts'
import { normalValue, readBoolean, readId, readList, readObjectText } from './values/cell-reader.ts'
import { readOptOut } from './values/consent-words.ts'
import { Currencies, currencyIn } from './values/currency.ts'
import { datePattern } from './values/date-pattern.ts'
import { listedWords } from './values/listed-words.ts'
import { ZeroWatch } from './values/lost-zeros.ts'
import { momentReader, type ZoneClock } from './values/moment-reader.ts'
import { numberReader, readJsonNumber } from './values/number-reader.ts'
import { OddIdWatch } from './values/odd-ids.ts'

export type { ColumnReader } from './column.ts'

type Common = Pick<ColumnReader, 'column' | 'index' | 'type' | 'isRequired'>
type Settings = Readonly<{
  reading: Reading | undefined
  options: ImportOptions
  /** Those of the options that were given for all files, not for this column. */
  general: ImportOptions
  zone: ZoneClock
  isEvent: boolean
  /** Was it said in which zone its times are? */
  isZoneGiven: boolean
  /** Of a text, words that mean something. */
  words: KnownWords | null
}>

const NO_SETTINGS: ReadonlyMap<string, ColumnSettings> = new Map()

/**
 * Readers for the columns of a table, by name.
 *
 * @param readings how the plan reads them
 * @param options the analyst's answers; a missing zone is UTC
 * @param settings what a mapping says about single columns; they go before the answers
 * @throws AppError `usage/bad-argument` where the platform does not know the zone, or a date pattern is none
 */
export function columnReaders(
  table: TableName,
  readings: Readonly<Record<string, Reading>>,
  options: ImportOptions,
  settings = NO_SETTINGS,
): ReadonlyMap<string, ColumnReader> {
  const clocks = new Map<string, ZoneClock>()
  const clockOf = (timeZone: string): ZoneClock => {
    const clock = clocks.get(timeZone) ?? zoneClock(timeZone)
    clocks.set(timeZone, clock)
    return clock
  }
  const columns: readonly [string, Column][] = Object.entries(TABLES[table].columns)
  return new Map(
    columns.map(([column, definition], index) => {
      const common = { column, index, type: definition.type, isRequired: definition.required === true }
      const own = withoutDevices(column, settings.get(column) ?? {})
      const answers = { ...options, ...given(own) }
      const { timeZone } = answers
      const zone = clockOf(timeZone ?? 'UTC')
      const isEvent = table === 'events'
      const inner = readerOf(common, definition, {
        reading: readings[column],
        options: answers,
        general: without(options, given(own)),
        zone,
        isEvent,
        isZoneGiven: timeZone !== undefined,
        words: knownWordsOf(table, column),
      })
      return [column, withSettings(inner, own)]
    }),
  )
}

/** Mixpanel names who is not logged in by the device: that is no user. */
const DEVICE = '$device:'
const USERS: ReadonlySet<string> = new Set(['user_id', 'invited_by_user_id', 'owner_user_id', 'creator_user_id'])

function withoutDevices(column: string, settings: ColumnSettings): ColumnSettings {
  return USERS.has(column) ? { ...settings, ignore: [...(settings.ignore ?? []), DEVICE] } : settings
}

function given({ dateOrder, dateFormat, decimal, timeZone }: ColumnSettings): ImportOptions {
  const answers = Object.entries({ dateOrder, dateFormat, decimal, timeZone })
  return Object.fromEntries(answers.filter(([, answer]) => answer !== undefined))
}

function without(options: ImportOptions, own: ImportOptions): ImportOptions {
  return Object.fromEntries(Object.entries(options).filter(([name]) => !Object.hasOwn(own, name)))
}

/** Clocks of an IANA zone. */
function zoneClock(timeZone: string): ZoneClock {
  try {
    return { isUtc: timeZone === 'UTC', wallClock: wallClockOf(timeZone) }
  } catch (cause) {
    throw new AppError('usage/bad-argument', `Unknown time zone "${timeZone}"`, { timeZone }, { cause })
  }
}

const silent = {
  verdict: () => null,
  counts: () => ({}),
  example: () => '',
  observe: () => {},
  zoneless: () => 0,
  answered: () => [],
  currency: () => null,
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
      return settings.isEvent
        ? { ...common, ...silent, read: (text, _isNumber, slot) => readId(text, slot) }
        : idColumn(common)
    case 'boolean':
      return common.column === 'opted_out'
        ? { ...common, ...silent, read: (text, _isNumber, slot) => readOptOut(text, slot) }
        : { ...common, ...silent, read: (text, _isNumber, slot) => readBoolean(text, slot) }
    case 'list':
      return listColumn(common)
    case 'json':
      return { ...common, ...silent, read: (text, _isNumber, slot) => readObjectText(text, slot) }
    default:
      if (common.column === 'currency') return currencyColumn(common)
      return settings.words === null ? { ...common, ...silent, read: text => text } : wordColumn(common, settings.words)
  }
}

function idColumn(common: Common): ColumnReader {
  const zeros = new ZeroWatch()
  const odd = new OddIdWatch()
  return {
    ...common,
    ...silent,
    read(text, _isNumber, slot) {
      zeros.look(text, slot.line ?? 0)
      odd.look(text, slot.line ?? 0)
      return readId(text, slot)
    },
    notes: () => [...lostZerosNote(common.column, zeros), ...oddIdNotes(common.column, odd)],
  }
}

function oddIdNotes(column: string, odd: OddIdWatch): readonly ImportNote[] {
  return odd.found().map(({ words, count, lines, example }) => {
    const message =
      `${column}: ids that ${words}: ${count}, such as ${JSON.stringify(example)} on line ${lines[0] ?? 0}. ` +
      'They are loaded as written, and match only ids that are written the same.'
    return { code: 'note/odd-ids', column, count, lines, message }
  })
}

function lostZerosNote(column: string, zeros: ZeroWatch): readonly ImportNote[] {
  const lost = zeros.found()
  if (lost === null) return []
  const message =
    `${column}: ${lost.count} ids have fewer than ${lost.width} digits where all that begin with a zero have ` +
    `${lost.width}, such as "${lost.example}" on line ${lost.lines[0] ?? 0}. A spreadsheet may have taken their zeros ` +
    'away; they are loaded as written.'
  return [{ code: 'note/lost-zeros', column, count: lost.count, lines: lost.lines, message }]
}

function momentColumn(common: Common, settings: Settings): ColumnReader {
  const { reading, options, general, zone, isEvent, isZoneGiven } = settings
  const pattern = options.dateFormat === undefined ? null : datePattern(options.dateFormat)
  const reader = momentReader(formOf(reading), zone, pattern)
  return {
    ...common,
    ...silent,
    read: isEvent ? (text, _, slot) => reader.readTime(text, slot) : (text, _, slot) => reader.read(text, slot),
    example: () => reader.example(),
    observe: evidence => add(reader.tally, evidence),
    verdict: () => judgeMoments(reader.tally, options),
    counts: () => filled(reader.tally),
    zoneless: () => (isZoneGiven ? 0 : reader.tally.zoneless),
    answered: () => [
      ...decided('dateOrder', general, answers => judgeMoments(reader.tally, answers)),
      ...(general.dateFormat !== undefined && reader.patterned() > 0 ? ['dateFormat' as const] : []),
      ...(general.timeZone !== undefined && reader.tally.zoneless > 0 ? ['timeZone' as const] : []),
    ],
    // As any other form, those that leave a choice are held.
    notes: () =>
      takesShortYears(formOf(reading)) || reader.tally.short_either === 0
        ? shortYearNote(common.column, reader.tally.short_year, reader.shortYear())
        : [],
  }
}

/** An answer decides where the values leave open what it says. */
function decided(
  name: 'dateOrder' | 'decimal',
  general: ImportOptions,
  judge: (answers: ImportOptions) => Verdict,
): readonly AnswerName[] {
  const isOpen = general[name] !== undefined && judge({}).status === 'ambiguous'
  return isOpen && judge(general).status === 'proven' ? [name] : []
}

function takesShortYears(form: ReturnType<typeof formOf>): boolean {
  return form === 'dmy' || form === 'ymd'
}

function shortYearNote(column: string, count: number, example: string): readonly ImportNote[] {
  if (count === 0) return []
  const message =
    `${column}: ${count === 1 ? '1 date has' : `${count} dates have`} two digits of the year, such as ${example}: ` +
    'read as years of 2000 to 2049 or 1970 to 1999.'
  return [{ code: 'note/short-year', column, count, lines: [], message }]
}

function numberColumn(common: Common, kind: 'number' | 'integer' | 'money', settings: Settings): ColumnReader {
  const reader = numberReader(kind, decimalOf(settings.reading))
  const read: ColumnReader['read'] = (text, isNumber, slot) =>
    isNumber ? readJsonNumber(text, kind, slot) : reader.read(text, slot)
  return {
    ...common,
    ...silent,
    ...(kind === 'money' ? namedCurrencies(common.column, read) : { read }),
    example: () => reader.example(),
    observe: evidence => add(reader.tally, evidence),
    verdict: () => judgeNumbers(reader.tally, settings.options),
    counts: () => filled(reader.tally),
    answered: () => decided('decimal', settings.general, answers => judgeNumbers(reader.tally, answers)),
  }
}

/** Reads amounts, and keeps what they are amounts of. */
function namedCurrencies(
  column: string,
  read: ColumnReader['read'],
): Pick<ColumnReader, 'read' | 'currency' | 'notes'> {
  const currencies = new Currencies()
  const last = { line: -1, currency: null as string | null }
  return {
    read(text, isNumber, slot) {
      const value = read(text, isNumber, slot)
      last.line = slot.line ?? 0
      last.currency = isNumber || slot.code !== null ? null : currencyIn(text)
      if (last.currency !== null) currencies.add(last.currency)
      return value
    },
    currency: line => (last.line === line ? last.currency : null),
    notes: () => currencies.notes(column),
  }
}

/** Where a domain ends, a comma does too: none can hold one. */
function listColumn(common: Common): ColumnReader {
  const isDomains = common.column === 'all_known_domains'
  const membersOf = (text: string): string => (isDomains && !text.startsWith('[') ? text.replaceAll(',', ';') : text)
  return { ...common, ...silent, read: (text, _isNumber, slot) => readList(membersOf(text), slot) }
}

/** A text that names the currency of its row. */
function currencyColumn(common: Common): ColumnReader {
  const currencies = new Currencies()
  return {
    ...common,
    ...silent,
    read(text) {
      currencies.add(text)
      return text
    },
    notes: () => currencies.notes(common.column),
  }
}

function filled(tally: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(tally).filter(([, count]) => count > 0))
}

function add<K extends string>(tally: Record<K, number>, evidence: Readonly<Record<string, number>>): void {
  // The keys of a tally are its own names.
  for (const name of Object.keys(tally) as K[]) tally[name] += evidence[name] ?? 0
}

/** A required column takes its listed values only; elsewhere another value is kept in lower case and counted. */
function enumColumn(common: Common, values: readonly string[]): ColumnReader {
  const listed = values.map(value => [normalValue(value), value] as const)
  const byNormal = new Map([...listedWords(values), ...listed])
  const unlisted = new UnlistedWords()
  return {
    ...common,
    ...silent,
    read(text, _isNumber, slot) {
      const value = byNormal.get(normalValue(text))
      if (value !== undefined) return value
      if (common.isRequired) slot.code = 'value/not-in-list'
      const lower = text.toLowerCase()
      unlisted.add(lower)
      return lower
    },
    notes: () =>
      common.isRequired
        ? []
        : unlisted.notes(common.column, words => `kept as written, but not one of ${values.join(', ')}: ${words}`),
  }
}

/** A text is kept as it is; words that nothing acts on are counted. */
function wordColumn(common: Common, { meanings, meaningOf }: KnownWords): ColumnReader {
  const unread = new UnlistedWords()
  const said = new Map<string, boolean>()
  const isRead = (text: string): boolean => {
    const before = said.get(text)
    if (before !== undefined) return before
    const isKnown = meaningOf(text) !== null
    if (said.size < MOST_REMEMBERED) said.set(text, isKnown)
    return isKnown
  }
  return {
    ...common,
    ...silent,
    read(text) {
      if (!isRead(text)) unread.add(text)
      return text
    },
    notes: () =>
      unread.notes(
        common.column,
        words => `nothing acts on ${words}, no known words for ${meanings.join(', ')}; kept as written`,
      ),
  }
}

const MOST_REMEMBERED = 1000
