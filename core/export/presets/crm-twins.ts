import { compareCodePoints } from '#lib/text'
import type { KnownRecord } from './crm-snapshot.ts'
import type { CompanyHandOff, HandOff, PersonHandOff } from './hand-off.ts'

/** What rows are joined by. */
type Party = Readonly<{
  place: number
  best: HandOff
  isCreating: boolean
  known: readonly KnownRecord[]
  name: string | null
}>
type Growing<T> = { -readonly [K in keyof T]: T[K] }

/**
 * Accounts of one domain as a CRM has them that keeps one company per domain: named like the first of them that the CRM has, else
 * that has a name, else by id, with the best workspace of all.
 *
 * @param companies of an export; those that share a domain get the joined one
 * @param places number of companies so far: joined ones have the places after
 * @returns how many joined ones there are
 *
 * Source: docs/methods/export.md, "One row per domain and address".
 */
export function joinByDomain(companies: Iterable<Growing<CompanyHandOff>>, places: number): number {
  const groups = sharing(companies, ({ domain }) => domain)
  for (const [i, members] of groups.entries()) {
    const joined: Growing<CompanyHandOff> = {
      ...joinedOf(members, ({ accountId }) => accountId),
      place: places + i,
      units: members.reduce((sum, { units }) => sum + units, 0),
      namesakes: [...new Set(members.flatMap(({ namesakes }) => namesakes))],
    }
    joined.byDomain = joined
    for (const member of members) member.byDomain = joined
  }
  return groups.length
}

/**
 * Persons of one address as a CRM has them that keeps one person per address, in the same way.
 *
 * @param persons of an export, with their companies; those that share an address get the joined one
 * @param places number of persons so far: joined ones have the places after
 * @returns how many joined ones there are
 *
 * Source: docs/methods/export.md, "One row per domain and address".
 */
export function joinByEmail(persons: Iterable<Growing<PersonHandOff>>, places: number): number {
  const groups = sharing(persons, ({ email }) => email?.trim().toLowerCase() || null)
  for (const [i, members] of groups.entries()) {
    const joined: Growing<PersonHandOff> = {
      ...joinedOf(members, ({ personId }) => personId),
      place: places + i,
      unitIds: [...new Set(members.flatMap(({ unitIds }) => unitIds))].sort(compareCodePoints),
    }
    joined.company = members.find(({ best }) => best === joined.best)?.company ?? null
    joined.byEmail = joined
    for (const member of members) member.byEmail = joined
  }
  return groups.length
}

/** Rows that share a key with another one, by key. */
function sharing<T>(rows: Iterable<T>, keyOf: (row: T) => string | null): readonly (readonly T[])[] {
  const first = new Map<string, T>()
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const key = keyOf(row)
    if (key === null) continue
    const before = first.get(key)
    if (before === undefined) {
      first.set(key, row)
      continue
    }
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [before, row])
    else group.push(row)
  }
  return [...groups.values()]
}

function joinedOf<T extends Party>(members: readonly T[], idOf: (member: T) => string): T {
  const isThere = ({ known: [own] }: T): number => (own === undefined || own.crmId === null ? 1 : 0)
  const isNamed = ({ name }: T): number => (name === null ? 1 : 0)
  const ordered = members.toSorted(
    (a, b) => isThere(a) - isThere(b) || isNamed(a) - isNamed(b) || compareCodePoints(idOf(a), idOf(b)),
  )
  const [best] = members
    .map(member => member.best)
    .sort((a, b) => b.score - a.score || compareCodePoints(a.unitId, b.unitId))
  return {
    ...withKnownValues(ordered),
    best: best as HandOff,
    isCreating: members.some(({ isCreating }) => isCreating),
    known: [...new Set(members.flatMap(({ known }) => known))],
  }
}

/** The first row, with what it does not know from the next one that does. */
function withKnownValues<T extends Party>(ordered: readonly T[]): T {
  const [first, ...others] = ordered
  const row: Growing<T> = { ...(first as T) } // a group has two members or more
  for (const key of Object.keys(row) as (keyof T)[])
    row[key] = [row, ...others].find(each => each[key] !== null)?.[key] ?? row[key]
  return row
}
