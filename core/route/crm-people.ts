import { isPlaceholder } from '#identity'
import { compareCodePoints } from '#lib/text'
import type { JudgedRow } from '#schema/dataset'
import type { RoutingPolicy } from '#schema/policy'

const NOBODY = new Set([
  'unassigned',
  'not assigned',
  'nobody',
  'no owner',
  'unowned',
  'open',
  'queue',
  'house',
  'pool',
])

/** The people of the CRM that own accounts and take work. */
export type CrmPeople = Readonly<{
  /** owner id -> row */
  byId: ReadonlyMap<string, JudgedRow<'crm_users'>>
  /** Members of a team (name compared without case), sorted by owner id. */
  team(name: string): readonly JudgedRow<'crm_users'>[]
  /** Everybody with an address (compared without case), sorted by owner id. */
  withEmail(email: string): readonly JudgedRow<'crm_users'>[]
  /** Whom an owner column means: the owner id where an id, an email or the one bearer of a name matches, else the text. */
  named(text: string | null): string | null
}>

/**
 * Looks up the people of the CRM.
 *
 * @param rows the crm_users table; empty is allowed: owners then stay the texts that the accounts give
 * @returns `named` gives null for nothing known and for texts such as `Unassigned`
 *
 * Source: docs/methods/route.md, "Ownership".
 */
export function crmPeopleOf(rows: Iterable<JudgedRow<'crm_users'>>): CrmPeople {
  const sorted = [...rows].sort((a, b) => compareCodePoints(a.owner_id, b.owner_id))
  const byId = new Map(sorted.map(row => [row.owner_id, row]))
  const teams = Map.groupBy(sorted, ({ team }) => fold(team ?? ''))
  const byEmail = Map.groupBy(sorted, ({ email }) => fold(email ?? ''))
  const byName = Map.groupBy(sorted, ({ name }) => fold(name ?? ''))
  const named = (text: string | null): string | null => {
    if (text === null || isPlaceholder(text) || NOBODY.has(fold(text))) return null
    if (byId.has(text)) return text
    for (const lists of [byEmail, byName]) {
      const [found, ...others] = lists.get(fold(text)) ?? []
      if (found !== undefined && others.length === 0) return found.owner_id
    }
    return text
  }
  const listed = (lists: typeof teams, text: string) => lists.get(fold(text)) ?? []
  return {
    byId,
    team: name => listed(teams, name),
    withEmail: email => (email.trim() === '' ? [] : listed(byEmail, email)),
    named,
  }
}

/**
 * The people of the CRM with those that the policy names, which go before.
 *
 * @param rows the crm_users table
 * @param reps of the policy; missing: none
 *
 * Source: docs/methods/route.md, "Capacity".
 */
export function withReps<R extends JudgedRow<'crm_users'>>(
  rows: Iterable<R>,
  reps: RoutingPolicy['reps'],
): Iterable<R | JudgedRow<'crm_users'>> {
  if (reps === undefined || reps.length === 0) return rows
  const named = new Map(reps.map(rep => [rep.owner_id, rep]))
  const known = new Map([...rows].map(row => [row.owner_id, row]))
  const others = [...known.values()].filter(({ owner_id }) => !named.has(owner_id))
  const own = [...named.values()].map(({ owner_id, name, email, team, weekly_capacity }) => {
    const row = known.get(owner_id)
    return { owner_id, name: name ?? row?.name ?? null, email: email ?? row?.email ?? null, team, weekly_capacity }
  })
  return [...others, ...own]
}

function fold(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase()
}
