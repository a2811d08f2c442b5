import { codePointOrderOf, compareCodePoints } from '#lib/text'
import type { Dataset } from '#schema/dataset'
import type { RefusedIdentifier } from '#schema/identity'
import type { Person } from '#schema/unit'
import { AUTO_BITS, bitsOfPrecision, genericityMalus, MOST_SHARING_RECORDS } from './bits.ts'
import type { EmailReading } from './email.ts'

/** How often two user records with one canonical email are one person. */
const EMAIL_PRECISION = 0.998

export type JoinedPersons = Readonly<{
  persons: readonly Person[]
  personOfUser: ReadonlyMap<string, number>
  refused: readonly RefusedIdentifier[]
}>

/**
 * Users of a project: those of the users table, and those whom only a membership, the
 * ownership of a workspace or an event names.
 *
 * @param dataset its events are not read
 * @param eventUsers user ids of events; empty ids are nobody
 * @returns distinct ids in code-point order
 *
 * Source: docs/methods/identity.md, "Persons".
 */
export function userIdsOf(
  dataset: Pick<Dataset, 'users' | 'memberships' | 'workspaces'>,
  eventUsers: Iterable<string>,
): string[] {
  const ids = new Set(eventUsers)
  for (const { user_id } of dataset.users) ids.add(user_id)
  for (const { user_id } of dataset.memberships) ids.add(user_id)
  for (const { owner_user_id } of dataset.workspaces) if (owner_user_id !== null) ids.add(owner_user_id)
  ids.delete('')
  return [...ids].sort(codePointOrderOf(ids))
}

/**
 * Joins users that share a canonical email into persons.
 *
 *   bits = bits(.998) - malus(records that share it); joined from +7
 *
 * @param userIds distinct, in code-point order
 * @param emailOf reading of each user's email; a user that is missing here has none. Empty map: nobody is joined
 * @returns persons in the order of their ids (the smallest user id of each), and the shared values that join nobody
 *
 * Source: docs/methods/identity.md, "Persons".
 */
export function joinPersons(userIds: readonly string[], emailOf: ReadonlyMap<string, EmailReading>): JoinedPersons {
  const { sharers, refused } = judgeEmails(userIds, emailOf)
  const persons: { id: string; userIds: string[] }[] = []
  const personOfUser = new Map<string, number>()
  const personOfEmail = new Map<string, number>()
  for (const userId of userIds) {
    const canonical = emailOf.get(userId)?.canonical
    const email = canonical !== undefined && sharers.has(canonical) ? canonical : null
    const index = (email === null ? undefined : personOfEmail.get(email)) ?? persons.length
    const person = persons[index]
    if (person === undefined) persons.push({ id: userId, userIds: [userId] })
    else person.userIds.push(userId)
    if (email !== null) personOfEmail.set(email, index)
    personOfUser.set(userId, index)
  }
  return { persons, personOfUser, refused }
}

/** Which emails of two or more records join them, and which do not. */
function judgeEmails(
  userIds: readonly string[],
  emailOf: ReadonlyMap<string, EmailReading>,
): Readonly<{ sharers: ReadonlySet<string>; refused: RefusedIdentifier[] }> {
  const seen = new Set<string>()
  const shared = new Map<string, { reading: EmailReading; records: number }>()
  for (const userId of userIds) {
    const reading = emailOf.get(userId)
    if (reading === undefined || reading.canonical === '') continue
    const { canonical } = reading
    if (!seen.has(canonical)) seen.add(canonical)
    else {
      const known = shared.get(canonical)
      if (known === undefined) shared.set(canonical, { reading, records: 2 })
      else known.records++
    }
  }
  const sharers = new Set<string>()
  const refused: RefusedIdentifier[] = []
  for (const [value, { reading, records }] of shared) {
    const verdict = judge(reading, records)
    if (verdict === null) sharers.add(value)
    else refused.push({ kind: 'email', value, records, ...verdict })
  }
  return { sharers, refused: refused.sort((a, b) => compareCodePoints(a.value, b.value)) }
}

function judge({ guard }: EmailReading, records: number): Pick<RefusedIdentifier, 'reason' | 'bits'> | null {
  if (guard !== null) return { reason: guard, bits: null }
  if (records > MOST_SHARING_RECORDS) return { reason: 'too_many_records', bits: null }
  const bits = bitsOfPrecision(EMAIL_PRECISION) - genericityMalus(records)
  return bits >= AUTO_BITS ? null : { reason: 'below_auto', bits }
}
