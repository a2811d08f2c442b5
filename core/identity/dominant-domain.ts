import type { Activity } from '#schema/identity'
import type { EmailReading } from './email.ts'
import type { JoinedPersons } from './persons.ts'
import { MOST_WORKSPACES_OF_PERSON } from './workspaces/workspace-facts.ts'

const LEAST_PERSONS = 3
const LEAST_SHARE = 0.6
const LEAST_LEAD = 0.25
const NOBODY: ReadonlySet<number> = new Set()
/** 97.5th percentile of the normal distribution: a two-sided interval of 95 %. */
const Z = 1.959_963_984_540_054

/** The corporate domain that most active persons of a workspace have, where it passes the counts. */
export type DominantDomain = Readonly<{ domain: string; persons: number; of: number }>

/**
 * The dominant corporate domain of a workspace.
 *
 *   share = active persons with the domain / active persons with any corporate domain
 *
 * Holds from 3 persons, a share of 60 % and 25 points ahead of the next domain.
 *
 * @param userIds distinct active users of the workspace. A shared inbox counts as one person however many users have it;
 *   free-mail, disposable, relay and multi-tenant addresses and users without an email are not counted at all
 * @param joined persons
 * @param emailOf readings of the users' emails
 * @param busy persons who say nothing of any workspace
 * @returns null where no domain passes
 *
 * Source: docs/methods/identity.md, "Majority domain".
 */
export function dominantDomainOf(
  userIds: readonly string[],
  joined: Pick<JoinedPersons, 'personOfUser'>,
  emailOf: ReadonlyMap<string, EmailReading>,
  busy: ReadonlySet<number> = NOBODY,
): DominantDomain | null {
  const holders = new Map<string, Set<Holder>>()
  const corporate = new Set<Holder>()
  for (const userId of userIds) {
    const reading = emailOf.get(userId)
    const holder = reading === undefined ? null : holderOf(reading, joined.personOfUser.get(userId), busy)
    if (reading === undefined || reading.corporateDomain === null || holder === null) continue
    corporate.add(holder)
    const own = holders.get(reading.corporateDomain)
    if (own === undefined) holders.set(reading.corporateDomain, new Set([holder]))
    else own.add(holder)
  }
  const [first, second] = [...holders]
    .map(([domain, { size }]) => ({ domain, persons: size }))
    .sort((a, b) => b.persons - a.persons)
  if (first === undefined || first.persons < LEAST_PERSONS) return null
  // Whole numbers are compared, so that exactly 60 % and exactly 25 points pass on every machine.
  const isMajority = first.persons * 100 >= corporate.size * LEAST_SHARE * 100
  const isAhead = (first.persons - (second?.persons ?? 0)) * 100 >= corporate.size * LEAST_LEAD * 100
  return isMajority && isAhead ? { ...first, of: corporate.size } : null
}

/**
 * Persons who are active in more workspaces than one company has: staff, vendors, agencies.
 *
 * @param activity who is active where
 * @param personOfUser persons
 *
 * Source: docs/methods/identity.md, "Majority domain".
 */
export function activeInMany(
  activity: Activity,
  { personOfUser }: Pick<JoinedPersons, 'personOfUser'>,
): ReadonlySet<number> {
  const counts = new Map<number, { workspaces: number; last: string }>()
  for (const [workspaceId, userIds] of activity)
    for (const userId of userIds) {
      const person = personOfUser.get(userId)
      if (person === undefined) continue
      const own = counts.get(person)
      if (own === undefined) counts.set(person, { workspaces: 1, last: workspaceId })
      else if (own.last !== workspaceId) {
        own.workspaces++
        own.last = workspaceId
      }
    }
  return new Set(
    [...counts].flatMap(([person, { workspaces }]) => (workspaces > MOST_WORKSPACES_OF_PERSON ? [person] : [])),
  )
}

/** A person by its place, a shared inbox by its address. */
type Holder = number | string

function holderOf(
  { guard, canonical }: EmailReading,
  person: number | undefined,
  busy: ReadonlySet<number>,
): Holder | null {
  if (guard === null) return person === undefined || busy.has(person) ? null : person
  return guard === 'role_inbox' ? canonical : null
}

/**
 * Wilson score interval of a share at 95 %.
 *
 *   centre = (k + z²/2) / (n + z²);  half = z / (n + z²) * sqrt(k (n - k) / n + z²/4)
 *
 * @param successes k, 0..n
 * @param trials n, at least 1
 * @returns lowest and highest share, 0..1
 *
 * Source: E. B. Wilson, Probable inference, JASA 22 (1927).
 */
export function wilsonInterval(successes: number, trials: number): readonly [number, number] {
  const square = Z * Z
  const centre = (successes + square / 2) / (trials + square)
  const half = (Z / (trials + square)) * Math.sqrt((successes * (trials - successes)) / trials + square / 4)
  return [Math.max(0, centre - half), Math.min(1, centre + half)]
}
