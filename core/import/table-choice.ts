import type { ColumnPlan, DerivedField } from '#schema/import'
import { type Column, TABLE_NAMES, TABLES, type TableName } from '#schema/tables'
import { hasValues } from './header-line.ts'
import { type HeaderMatch, matchHeaders, requiredColumns } from './headers.ts'
import { type OtherSubject, otherSubject } from './other-subject.ts'
import { isOddFor } from './value-fit.ts'

/** The table a file belongs to and its columns, or why it belongs to none. */
export type TableChoice = Readonly<{
  table: TableName | null
  reason: string
  columns: readonly ColumnPlan[]
  /** Fields that several columns fill together. */
  derived?: readonly DerivedField[]
  /** Of the table, or of the nearest one. */
  score: number
  /** Required columns that the nearest table would need. */
  missing: readonly string[]
  /** Headers that fit a column whose values do not. */
  doubts: readonly string[]
  runnerUp: Readonly<{ name: string; score: number; missing: readonly string[] }> | null
}>

/** How much a file name counts beside the share of known columns. */
const NAMED_WORTH = 0.25
const MENTIONED_WORTH = 0.05
/** With this share of known columns a file fits a table whatever its name. */
const ENOUGH_SHARE = 0.5
/** The same for a file that is named after another table. */
const ENOUGH_DESPITE_NAME = 0.75
/** Known columns that are enough in a file whose name ends with the table's, and in any other one with a quarter of its columns. */
const ENOUGH_NAMED = 2
const ENOUGH_COLUMNS = 3
const LEAST_SHARE = 0.25
/** Records whose values are looked at. */
const LOOKED_AT = 200
/** By so much a table that lacks a required column may fit better. */
const RIVAL_LEAD = 0.25

/** Words in file names that say nothing about the table. */
const NOISE =
  /^(?:data|export|exports|exported|dump|all|full|part|final|copy|sample|backup|new|old|latest|prod|production|v?\d+|\d+[a-z]?|t\d+z?|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|q[1-4])$/

/** Singular and other names by which files call a table. */
const FILE_NAMES: Readonly<Record<TableName, readonly string[]>> = {
  users: ['user', 'users'],
  workspaces: ['workspace', 'workspaces'],
  memberships: ['membership', 'memberships', 'workspace members', 'workspace users'],
  subscriptions: ['subscription', 'subscriptions'],
  events: ['event', 'events'],
  accounts: ['account', 'accounts'],
  contacts: ['contact', 'contacts'],
  deals: ['deal', 'deals', 'opportunity', 'opportunities'],
  crm_users: ['crm user', 'crm users', 'owner', 'owners'],
  outcomes: ['outcome', 'outcomes'],
}

/** How a file name speaks of a table: is its name (`called`), ends with it (`named`), has it somewhere (`mentioned`). */
type Naming = 'called' | 'named' | 'mentioned' | 'none'
const isNaming = (naming: Naming): boolean => naming === 'called' || naming === 'named'

/**
 * Chooses the table that a file's headers fit best.
 *
 *   score = share of known columns + 0.25 if the file is named after the table, 0.05 if its name mentions it
 *
 * Only tables whose required columns are all there come into question; of equal scores, the table that requires more
 * columns wins, then the order of tables. A file that is called as the table is then taken. Another must fit by half its
 * columns (three quarters where it is named after another table); or by two where its name ends with the table's (`acme_users`, but not `ticket_contact`, a table that links
 * contacts); or by three that are at least a quarter, where it is not named after another table. Nor may a table that lacks
 * a required column fit better by a quarter: events without their time are no memberships. Nor is a file of another name a
 * table to which its records only refer (`otherSubject`). A synonym counts for nothing where
 * the values of its column look like something else (`time` that holds "12 min").
 *
 * @param file name of the file, with or without folders
 * @param headers as written in the file; JSON: the keys of its first records
 * @param records texts of the first records, one per header
 * @returns the table and where each header goes; table null and all columns custom where nothing fits, with what is missing
 *
 * Source: docs/methods/import.md, "Tables".
 */
export function chooseTable(
  file: string,
  headers: readonly string[],
  records: readonly (readonly string[])[] = [],
): TableChoice {
  const misfits = misfitFinder(records)
  const candidates = TABLE_NAMES.map(table => candidateOf(table, file, headers, misfits))
  const complete = candidates.filter(({ match }) => match.missing.length === 0)
  const best = complete.toSorted((a, b) => b.score - a.score || b.required - a.required)[0]
  const named = candidates.find(({ naming }) => isNaming(naming))
  const nearest = candidates.toSorted((a, b) => b.score - a.score)[0]
  const other = best === undefined || isNaming(best.naming) ? null : otherSubjectOf(best, file, records)
  if (best !== undefined && other === null && isEnough(best, named, nearest)) {
    const { table, columns, derived } = best.match
    const known = columns.filter(({ column }) => column !== null).length
    const reason = `${known} of ${headers.length} columns belong to ${table}`
    const { score, doubts } = best
    const joined = derived === undefined ? {} : { derived }
    return { table, columns, ...joined, reason, score, doubts, missing: [], runnerUp: runnerUpOf(candidates, best) }
  }
  const columns = headers.map((header): ColumnPlan => ({ header, column: null, match: 'custom' }))
  const isOther = best !== undefined && other !== null && isEnough(best, named, nearest)
  const about = isOther ? best : aboutNone(best, named, nearest)
  const { score = 0, doubts = [] } = about ?? {}
  const reason = isOther ? whyOther(best.match.table, other) : whyNone({ best, named, nearest }, headers)
  const missing = about === undefined || about.match.matched === 0 ? [] : about.match.missing
  return { table: null, columns, reason, score, doubts, missing, runnerUp: runnerUpOf(candidates, about) }
}

function runnerUpOf(candidates: readonly Candidate[], best: Candidate | undefined): TableChoice['runnerUp'] {
  const others = candidates.filter(candidate => candidate !== best && candidate.match.matched > 0)
  const next = others.toSorted((a, b) => b.score - a.score)[0]
  return next === undefined ? null : { name: next.match.table, score: next.score, missing: next.match.missing }
}

/** Do the values of a column of the file look like nothing that the field could be? */
type MisfitFinder = (at: number, field: string, type: Column['type']) => boolean

function misfitFinder(records: readonly (readonly string[])[]): MisfitFinder {
  const known = new Map<string, boolean>()
  const looked = records.slice(0, LOOKED_AT)
  const textsAt = (at: number): readonly string[] => looked.map(cells => (cells[at] ?? '').trim())
  return (at, field, type) => {
    const key = `${at} ${field} ${type}`
    const found = known.get(key) ?? isOddFor(field, type, textsAt(at))
    known.set(key, found)
    return found
  }
}

/** Is the file named after the table, so that headers such as `id` can be told? */
export function isNamedAfter(table: TableName, file: string): boolean {
  return isNaming(namingOf(table, file))
}

type Candidate = Readonly<{
  match: HeaderMatch
  naming: Naming
  score: number
  required: number
  doubts: readonly string[]
}>

function candidateOf(table: TableName, file: string, headers: readonly string[], misfits: MisfitFinder): Candidate {
  const naming = namingOf(table, file)
  const types: Readonly<Record<string, Column>> = TABLES[table].columns
  const isOdd = (column: string, at: number): boolean => misfits(at, column, types[column]?.type ?? 'text')
  const match = matchHeaders(table, headers, isNaming(naming), isOdd)
  const bonus = isNaming(naming) ? NAMED_WORTH : naming === 'mentioned' ? MENTIONED_WORTH : 0
  const { doubts } = match
  return { match, naming, score: match.share + bonus, required: requiredColumns(table).length, doubts }
}

/** A file that is named after its table is believed. */
function otherSubjectOf(
  { match: { table, columns }, naming }: Candidate,
  file: string,
  records: readonly (readonly string[])[],
): OtherSubject | null {
  return isNaming(naming) ? null : otherSubject({ table, words: wordsOf(file), columns, records })
}

function whyOther(table: TableName, { own, key, again, of }: OtherSubject): string {
  return `These are not ${table}, they refer to them: of ${of} records looked at each has its own "${own}", but ${again} ${again === 1 ? 'has a' : 'have a'} "${key}" that came before`
}

function isEnough(best: Candidate, named: Candidate | undefined, nearest: Candidate | undefined): boolean {
  const { match, naming } = best
  if (naming === 'called') return true
  if (naming === 'named') return match.matched >= ENOUGH_NAMED || match.share >= ENOUGH_SHARE
  if (nearest !== undefined && nearest.score > best.score + RIVAL_LEAD) return false
  const share = named === undefined ? ENOUGH_SHARE : ENOUGH_DESPITE_NAME
  if (match.share >= share) return match.matched > 1 || match.columns.length === 1
  return named === undefined && match.matched >= ENOUGH_COLUMNS && match.share >= LEAST_SHARE
}

/** The table that there is to say something about where none fits. */
function aboutNone(
  best: Candidate | undefined,
  named: Candidate | undefined,
  nearest: Candidate | undefined,
): Candidate | undefined {
  if (named !== undefined && named.match.missing.length > 0) return named
  return best !== undefined && (nearest === undefined || nearest.score <= best.score + RIVAL_LEAD) ? best : nearest
}

type Nearby = Readonly<Record<'best' | 'named' | 'nearest', Candidate | undefined>>

function whyNone({ best, named, nearest }: Nearby, headers: readonly string[]): string {
  const about = aboutNone(best, named, nearest)
  if (about === undefined || about.match.matched === 0)
    return hasValues(headers)
      ? 'No column belongs to a known table: the first line has values where names of columns are expected, so the header may be missing. Export it with a header, or write one above it'
      : 'No column belongs to a known table'
  const { table, missing, matched, columns } = about.match
  if (about === named && missing.length > 0) return `The file is named after ${table}, but has no ${listOf(missing)}`
  if (about === best) return `Only ${matched} of ${columns.length} columns belong to ${table}, the nearest table`
  return `No table fits; the nearest is ${table}, which needs ${listOf(missing)}`
}

function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

function namingOf(table: TableName, file: string): Naming {
  const words = wordsOf(file)
  const text = ` ${words.join(' ')}`
  const names = FILE_NAMES[table]
  // `crm_users` ends with `users`; the longer name is meant.
  const longer = TABLE_NAMES.flatMap(other => (other === table ? [] : FILE_NAMES[other]))
  const endsWith = (name: string): boolean => text.endsWith(` ${name}`)
  const ending = names.filter(endsWith).toSorted((a, b) => b.length - a.length)[0]
  if (ending !== undefined) {
    if (longer.some(name => name.length > ending.length && endsWith(name))) return 'mentioned'
    return text === ` ${ending}` ? 'called' : 'named'
  }
  return names.some(name => `${text} `.includes(` ${name} `)) ? 'mentioned' : 'none'
}

function wordsOf(file: string): readonly string[] {
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)
  const words = name
    .replace(/(?:\.(?:csv|tsv|tab|txt|json|jsonl|ndjson|gz|zip))+$/i, '')
    .replace(/([\p{Ll}0-9])(?=\p{Lu})/gu, '$1 ')
    .toLowerCase()
    .split(/[^\p{L}0-9]+/u)
    .filter(word => word !== '')
  while (words.length > 1 && NOISE.test(words.at(-1) ?? '')) words.pop()
  return words
}
