import { type Calendar, type Instant, instantOfMoment, type Moment } from '#lib/time'
import type { DeviceKind } from '#schema/event'
import { LADDER_STEPS, type LadderStep } from '#schema/identity'
import type { Row } from '#schema/tables'
import type { Person } from '#schema/unit'
import type { EmailReading } from '../email.ts'
import type { Words } from '../words/words.ts'

/** The earliest event before a login that was given to a user, and the id that it was given by; null where it is not known. */
export type FirstSighting = Readonly<{ at: Instant; by: Readonly<{ kind: DeviceKind; id: string }> | null }>

/** What the ladder is read from. */
export type LadderGround = Readonly<{
  /** Users of the persons; others are passed over. */
  users: Iterable<
    Pick<Row<'users'>, 'user_id' | 'primary_email' | 'anonymous_id' | 'sso_subject' | 'sso_provider' | 'created_at'>
  >
  /** Workspaces that may be billed to the persons. */
  workspaces: Iterable<Pick<Row<'workspaces'>, 'workspace_id' | 'billing_contact_email' | 'created_at'>>
  persons: readonly Person[]
  personOfUser: ReadonlyMap<string, number>
  /** Addresses and placeholders as the project reads them. */
  read: (text: string | null) => EmailReading
  words: Words
  /** Canonical addresses that too many records share to be anybody's. */
  sharedAddresses: ReadonlySet<string>
  /** By user id. */
  firstSeen: ReadonlyMap<string, FirstSighting>
  calendar: Calendar
}>

/** Who has an address: a user of a person, and when its record was created. */
type Holder = Readonly<{ person: number; userId: string; created: Instant | null }>
type Rung = Omit<LadderStep, 'personId'>
/** Of one person. */
type Rungs = { [S in LadderStep['step']]?: Rung }
type User = LadderGround['users'] extends Iterable<infer R> ? R : never

/**
 * The ladder of each person: anonymous, signed up, SSO, billing admin, each with the earliest date and what shows it.
 *
 * anonymous = earliest event before a login, where it came before the sign-up; signed up = earliest record;
 * SSO = earliest record with a subject, not before it was created; billing admin = billing contact by address, not before both the
 * workspace and the record with the address were created
 *
 * @param ground rows of the persons, what devices showed; the same for one person and for all
 * @returns steps by person, then by rung; a rung that nothing shows is left out
 *
 * Source: docs/methods/identity.md, "Stitching".
 */
export function personLadders(ground: LadderGround): readonly LadderStep[] {
  const { workspaces, persons, read, calendar } = ground
  const rungs = persons.map((): Rungs => ({}))
  const holders = climbByRecords(rungs, ground)
  climbBySightings(rungs, ground)
  for (const workspace of workspaces) {
    const created = instantOf(workspace.created_at, calendar)
    for (const holder of holders.get(read(workspace.billing_contact_email).canonical) ?? [])
      climb(rungs[holder.person], billingRung(workspace.workspace_id, created, holder))
  }
  return persons.flatMap(({ id: personId }, person) =>
    LADDER_STEPS.flatMap(step => {
      const rung = rungs[person]?.[step]
      return rung === undefined ? [] : [{ personId, ...rung }]
    }),
  )
}

/** What records of users show, and who holds which address. */
function climbByRecords(rungs: readonly Rungs[], ground: LadderGround): ReadonlyMap<string, readonly Holder[]> {
  const { users, personOfUser, read, words, sharedAddresses, calendar } = ground
  const holders = new Map<string, Holder[]>()
  for (const user of users) {
    const person = personOfUser.get(user.user_id)
    if (person === undefined) continue
    const created = instantOf(user.created_at, calendar)
    for (const rung of ownRungs(user, created, words)) climb(rungs[person], rung)
    const { guard, canonical } = read(user.primary_email)
    if (guard !== null || sharedAddresses.has(canonical)) continue
    const own = holders.get(canonical)
    const holder = { person, userId: user.user_id, created }
    if (own === undefined) holders.set(canonical, [holder])
    else own.push(holder)
  }
  return holders
}

function ownRungs(user: User, created: Instant | null, { isPlaceholder }: Words): Rung[] {
  const { user_id: userId, anonymous_id, sso_subject, sso_provider } = user
  const rungs: Rung[] = [{ step: 'signed_up', at: created, dating: 'at', userId, evidence: `record of user ${userId}` }]
  if (!isPlaceholder(anonymous_id)) {
    const evidence = `anonymous id ${anonymous_id} on the record of user ${userId}`
    rungs.push({ step: 'anonymous', at: null, dating: 'at', userId, evidence })
  }
  if (!isPlaceholder(sso_subject)) {
    const provider = isPlaceholder(sso_provider) ? '' : ` of ${sso_provider}`
    const evidence = `SSO subject${provider} on the record of user ${userId}`
    rungs.push({ step: 'sso', at: created, dating: 'not_before', userId, evidence })
  }
  return rungs
}

/** What somebody does without login after the sign-up is no step before it. */
function climbBySightings(rungs: readonly Rungs[], { firstSeen, personOfUser, calendar }: LadderGround): void {
  for (const [userId, { at, by }] of firstSeen) {
    const own = rungs[personOfUser.get(userId) ?? -1]
    const signedUp = own?.signed_up?.at ?? null
    // A sign-up that is a day alone lasts until its end.
    const isBefore = signedUp === null || at < signedUp || calendar.startOf(calendar.dayOf(at)) === signedUp
    if (!isBefore) continue
    const id = by === null ? 'an event' : `${by.kind === 'device_id' ? 'device' : 'anonymous id'} ${by.id}`
    climb(own, { step: 'anonymous', at, dating: 'at', userId, evidence: `${id}, before user ${userId} logged in` })
  }
}

function billingRung(workspaceId: string, created: Instant | null, { userId, created: signedUp }: Holder): Rung {
  const at = created === null ? signedUp : signedUp === null ? created : Math.max(created, signedUp)
  const evidence = `billing contact of workspace ${workspaceId} by the address of user ${userId}`
  return { step: 'billing_admin', at, dating: 'not_before', userId, evidence }
}

/** The earlier one stays; a date goes before none, and of two alike the first. */
function climb(own: Rungs | undefined, rung: Rung): void {
  if (own === undefined) return
  const known = own[rung.step]
  const isEarlier = rung.at !== null && (known?.at == null || rung.at < known.at)
  if (known === undefined || isEarlier) own[rung.step] = rung
}

function instantOf(moment: Moment | null, calendar: Calendar): Instant | null {
  return moment === null ? null : instantOfMoment(moment, calendar)
}
