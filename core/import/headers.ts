import type { ColumnPlan, DerivedField, ImportNote } from '#schema/import'
import { type Column, TABLES, type TableName } from '#schema/tables'
import { consentNote, joinedConsent } from './consent.ts'
import { headerRests, withoutEnvelope } from './header-prefix.ts'
import { joinedClosing, joinedMoment } from './joined-times.ts'
import { joinedName } from './name-parts.ts'
import { CANONICAL } from './presets/canonical.ts'
import { isSecretHeader } from './secrets.ts'
import { LOOKS } from './value-fit.ts'

/** The headers of a file as one table would take them, and how well they fit it. */
export type HeaderMatch = Readonly<{
  table: TableName
  columns: readonly ColumnPlan[]
  /** Required columns that no header fills. */
  missing: readonly string[]
  /** 1 per exact match, 0.9 per synonym, over the headers that are neither empty nor secret. 0..1 */
  share: number
  matched: number
  /** Headers that would have filled a column as a synonym, but for their values. */
  doubts: readonly string[]
  /** Fields that two columns fill together. */
  derived?: readonly DerivedField[]
}>

const SYNONYM_WORTH = 0.9
/** What is left of a header without its beginning comes behind every whole one. */
const REST_RANK = 1000

/** The form in which headers are compared: lower case, without blanks, `-` and `_`, quotes of SQL and types of MongoDB. */
export function normalHeader(header: string): string {
  return header
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[\s_\u200b\ufeff-]+/g, '')
    .replace(MONGO_TYPE, '')
    .replace(ENCLOSED, '$1$2$3')
}

/** `#user_id,...`: a header that is marked as a comment. */
const COMMENT = /^\s*#\s*(?=[\p{L}_])/u
const IN_UTC = /\((?:GMT|UTC)\)\s*$/i
/** What MongoDB calls the one member of an object that stands for an id, a time or a number. */
const MONGO_TYPE = /\.\$(?:oid|date|uuid|number(?:int|long|double|decimal))$/
/** Names in the quotes of SQL Server, of MySQL and of all others. */
const ENCLOSED = /^(?:\[([^[\]]+)\]|`([^`]+)`|"([^"]+)")$/

/**
 * Maps the headers of a file to the canonical columns of a table.
 *
 * A header is compared by its normal form: first with the canonical name (`exact`), then with dots taken out, then with
 * the synonyms in their order (`synonym`). Each column is filled by one header at most, the best one and the leftmost
 * among equals; the others stay custom fields. Where no header is the name of a person, one of given and one of family names
 * fill it together. Headers that name a secret are never read.
 *
 * @param headers as written in the file
 * @param isNamed is the file named after the table? Only then do general headers such as `id` count
 * @param isOdd do the values of the header at this place look like nothing that the column could hold? It is no synonym then
 *
 * Source: docs/methods/import.md, "Headers".
 */
export function matchHeaders(
  table: TableName,
  headers: readonly string[],
  isNamed: boolean,
  isOdd: (column: string, at: number) => boolean = column => LOOKS.includes(column),
): HeaderMatch {
  const rank = columnRanks(table, isNamed)
  const names = withoutEnvelope(headers)
  const normal = names.map((name, at) => normalHeader(at === 0 ? name.replace(COMMENT, '') : name))
  const rests = headerRests(names).map(rest => (rest === null ? null : normalHeader(rest)))
  // A header may have hundreds of thousands of names: those that fill no column are looked at once.
  const known = normal.flatMap((name, at) => (rank.isKnown(name) || rank.isKnown(rests[at] ?? '') ? [at] : []))
  const isSecret = headers.map((header, at) => isSecretHeader(header) && !rank.isCanonical(normal[at] ?? ''))
  const filledBy = new Map<number, ColumnPlan>()
  const odd = new Set<number>()
  for (const match of ['exact', 'synonym'] as const) {
    const open = Object.keys(TABLES[table].columns).filter(name => ![...filledBy.values()].some(c => c.column === name))
    for (const column of open) {
      const rankAt = (at: number): number => {
        if (isSecret[at] || filledBy.has(at)) return -1
        const whole = rank.of(column, normal[at] ?? '')
        const rest = whole < 0 ? rank.of(column, rests[at] ?? '') : -1
        return rest < 0 ? whole : REST_RANK + rest
      }
      const best = bestHeader(known, rankAt)
      if (best === null || (best.rank === 0) !== (match === 'exact')) continue
      if (match === 'synonym' && isOdd(column, best.at)) {
        odd.add(best.at)
        continue
      }
      const header = headers[best.at] ?? ''
      filledBy.set(best.at, { header, column, match, ...zoneOf(table, column, header) })
    }
  }
  const single = headers.map((header, at): ColumnPlan => {
    return filledBy.get(at) ?? { header, column: null, match: isSecret[at] ? 'secret' : 'custom' }
  })
  const doubts = [...odd].filter(at => !filledBy.has(at)).map(at => headers[at] ?? '')
  // Names in two columns say that the file is about people, not which table it is: they do not count.
  const fit = fitOf(table, single)
  const joined = withJoined(table, single, { rests, isOdd })
  const missing = fit.missing.filter(name => !joined.derived?.some(({ column }) => column === name))
  return { table, ...fit, missing, doubts, ...joined }
}

/** Times below a header that says so are in UTC, whatever was said of those that tell no zone. */
export function zoneOf(table: TableName, column: string, header: string): Pick<ColumnPlan, 'settings'> {
  const columns: Readonly<Record<string, Column>> = TABLES[table].columns
  return columns[column]?.type === 'moment' && IN_UTC.test(header) ? { settings: { timeZone: 'UTC' } } : {}
}

function withJoined(
  table: TableName,
  columns: readonly ColumnPlan[],
  ground: Readonly<{ rests: readonly (string | null)[]; isOdd: (column: string, at: number) => boolean }>,
): Pick<HeaderMatch, 'columns' | 'derived'> {
  const rests = new Map(columns.map(({ header }, at) => [header, ground.rests[at]]))
  const normalOf = (header: string): string => rests.get(header) ?? normalHeader(header)
  const found = [
    joinedName(table, columns, normalOf),
    joinedConsent(table, columns, normalOf, ground.isOdd),
    joinedClosing(table, columns, normalOf),
    joinedMoment(table, columns, normalOf, ground.isOdd),
  ].filter(each => each !== null)
  if (found.length === 0) return { columns }
  const filled = columns.map((column, at): ColumnPlan => {
    const field = found.find(({ places }) => places.includes(at))?.field
    return field === undefined ? column : { header: column.header, column: field.column, match: 'synonym' }
  })
  return { columns: filled, derived: found.map(({ field }) => field) }
}

function fitOf(table: TableName, columns: readonly ColumnPlan[]): Pick<HeaderMatch, 'missing' | 'share' | 'matched'> {
  const filled = columns.filter(({ column }) => column !== null)
  const counted = columns.filter(({ header, match }) => header.trim() !== '' && match !== 'secret').length
  const worth = filled.reduce((total, { match }) => total + (match === 'exact' ? 1 : SYNONYM_WORTH), 0)
  const missing = requiredColumns(table).filter(name => !filled.some(({ column }) => column === name))
  return { missing, share: counted === 0 ? 0 : worth / counted, matched: filled.length }
}

/** Is a header another name that files in general have for a column, and not its own? */
export function isLikeColumn(table: TableName, column: string, header: string): boolean {
  return columnRanks(table, false).of(column, normalHeader(header)) > 0
}

/** Columns without which a row of the table means nothing, in the table's order. */
export function requiredColumns(table: TableName): readonly string[] {
  return Object.entries(TABLES[table].columns).flatMap(([name, column]) => ('required' in column ? [name] : []))
}

/**
 * The columns that a plan leaves to custom fields or drops although a reader may miss them there.
 *
 * @returns one note for each header that lost its column to another one, then one that names those that may tell who may be
 *   written to, then one that names all secrets
 */
export function headerNotes(table: TableName, columns: readonly ColumnPlan[], isNamed: boolean): readonly ImportNote[] {
  const rank = columnRanks(table, isNamed)
  const filled = columns.filter(({ column }) => column !== null)
  const notes = columns.flatMap(({ header, match }): ImportNote[] => {
    if (match !== 'custom') return []
    const normal = normalHeader(header)
    const rival = filled.find(({ column }) => rank.of(column ?? '', normal) >= 0)
    // Of who may be written to more is told below.
    if (rival === undefined || rival.column === 'opted_out') return []
    const message =
      rival.header === header
        ? `Column "${header}" comes twice: the first is ${rival.column}, the other is kept as a custom field.`
        : `Columns "${rival.header}" and "${header}" both fit ${rival.column}: "${header}" is kept as a custom field.`
    return [{ code: 'note/rival-columns', column: rival.column ?? '', count: 1, lines: [], message }]
  })
  const told = [...notes, ...consentNote(table, columns)]
  const secrets = columns.filter(({ match }) => match === 'secret').map(({ header }) => `"${header}"`)
  if (secrets.length === 0) return told
  const message = `Not read, because the header names a secret: ${secrets.join(', ')}.`
  return [...told, { code: 'note/secret-columns', column: '', count: secrets.length, lines: [], message }]
}

type Ranks = Readonly<{
  /** 0 for the canonical name, more for a worse fit, -1 for none. */
  of(column: string, normal: string): number
  /** Does it fit any column? */
  isKnown(normal: string): boolean
  isCanonical(normal: string): boolean
}>

const ranks = new Map<string, Ranks>()

/** How headers fit the columns of a table: worked out once for each. */
function columnRanks(table: TableName, isNamed: boolean): Ranks {
  const key = `${table} ${isNamed}`
  const known = ranks.get(key) ?? ranksOf(table, isNamed)
  ranks.set(key, known)
  return known
}

function ranksOf(table: TableName, isNamed: boolean): Ranks {
  const preset = CANONICAL.tables[table]
  const spellings = new Map<string, readonly string[]>()
  for (const column of Object.keys(TABLES[table].columns)) {
    const general = isNamed ? (preset?.whenNamed[column] ?? []) : []
    spellings.set(column, [column, ...(preset?.synonyms[column] ?? []), ...general].map(normalHeader))
  }
  const canonical = new Set([...spellings.values()].map(([first]) => first))
  const all = new Set([...spellings.values()].flat())
  return {
    of(column, normal) {
      const known = spellings.get(column) ?? []
      const at = known.indexOf(normal)
      if (at === 0) return 0
      const dotted = known.indexOf(normal.replaceAll('.', ''))
      // Dots come second only to the canonical name, so that `user.id` in JSON fills user_id before any synonym.
      if (at < 0 && dotted < 0) return -1
      return at > 0 ? 2 * at : 2 * dotted + 1
    },
    isKnown: normal => all.has(normal) || all.has(normal.replaceAll('.', '')),
    isCanonical: normal => canonical.has(normal),
  }
}

function bestHeader(places: readonly number[], rankAt: (at: number) => number): { at: number; rank: number } | null {
  let best: { at: number; rank: number } | null = null
  for (const at of places) {
    const rank = rankAt(at)
    if (rank >= 0 && (best === null || rank < best.rank)) best = { at, rank }
  }
  return best
}
