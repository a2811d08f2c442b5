import { codePointOrderOf, compareCodePoints } from '#lib/text'
import type { RefusedIdentifier } from '#schema/identity'
import type { Person } from '#schema/unit'
import { AUTO_BITS, bitsOfPrecision, genericityMalus, MOST_SHARING_RECORDS } from './bits.ts'
import type { EmailReading } from './email.ts'
import type { IdentityTables } from './identity-tables.ts'

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
  dataset: Pick<IdentityTables, 'users' | 'memberships' | 'workspaces'>,
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
  const mailboxes = mailboxesOf(userIds, emailOf)
  const { isJoining, refused } = judgeMailboxes(mailboxes)
  const persons: { id: string; userIds: string[] }[] = []
  const personOfUser = new Map<string, number>()
  const personOfMailbox = new Int32Array(mailboxes.readings.length).fill(-1)
  userIds.forEach((userId, i) => {
    const mailbox = mailboxes.ofUser[i] as number // one per user
    const known = isJoining[mailbox] === 1 ? (personOfMailbox[mailbox] as number) : -1
    const index = known < 0 ? persons.length : known
    if (known < 0) persons.push({ id: userId, userIds: [userId] })
    else persons[known]?.userIds.push(userId)
    personOfMailbox[mailbox] = index
    personOfUser.set(userId, index)
  })
  return { persons, personOfUser, refused }
}

/**
 * The shared addresses that join nobody, and why.
 *
 * @param userIds distinct
 * @param emailOf reading of each user's email; a user that is missing here has none
 * @returns sorted by address
 *
 * Source: docs/methods/identity.md, "Persons".
 */
export function refusedAddresses(
  userIds: readonly string[],
  emailOf: ReadonlyMap<string, EmailReading>,
): readonly RefusedIdentifier[] {
  return judgeMailboxes(mailboxesOf(userIds, emailOf)).refused
}

/** Mailboxes as codes: the texts are looked up once. Mailbox 0 is none. */
type Mailboxes = Readonly<{ ofUser: Uint32Array; readings: readonly (EmailReading | null)[]; counts: Uint32Array }>

function mailboxesOf(userIds: readonly string[], emailOf: ReadonlyMap<string, EmailReading>): Mailboxes {
  const codes = new Map<string, number>()
  const readings: (EmailReading | null)[] = [null]
  const ofUser = new Uint32Array(userIds.length)
  const counts = new Uint32Array(userIds.length + 1)
  if (emailOf.size === 0) return { ofUser, readings, counts }
  userIds.forEach((userId, i) => {
    const reading = emailOf.get(userId)
    if (reading === undefined || reading.canonical === '') return
    let code = codes.get(reading.canonical)
    if (code === undefined) {
      code = readings.length
      codes.set(reading.canonical, code)
      readings.push(reading)
    }
    ofUser[i] = code
    counts[code] = (counts[code] as number) + 1 // no more codes than users
  })
  return { ofUser, readings, counts }
}

/** Which mailboxes of two or more records join them, and which do not. */
function judgeMailboxes({
  readings,
  counts,
}: Mailboxes): Readonly<{ isJoining: Uint8Array; refused: RefusedIdentifier[] }> {
  const isJoining = new Uint8Array(readings.length)
  const refused: RefusedIdentifier[] = []
  readings.forEach((reading, code) => {
    const records = counts[code] as number // one count per mailbox
    if (reading === null || records < 2) return
    const verdict = judge(reading, records)
    if (verdict === null) isJoining[code] = 1
    else refused.push({ kind: 'email', value: reading.canonical, records, ...verdict })
  })
  return { isJoining, refused: refused.sort((a, b) => compareCodePoints(a.value, b.value)) }
}

function judge({ guard }: EmailReading, records: number): Pick<RefusedIdentifier, 'reason' | 'bits'> | null {
  if (guard !== null) return { reason: guard, bits: null }
  if (records > MOST_SHARING_RECORDS) return { reason: 'too_many_records', bits: null }
  const bits = bitsOfPrecision(EMAIL_PRECISION) - genericityMalus(records)
  return bits >= AUTO_BITS ? null : { reason: 'below_auto', bits }
}
