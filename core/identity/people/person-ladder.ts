import type { Moment } from '#lib/time'
import type { LadderStep } from '#schema/identity'
import type { Row } from '#schema/tables'
import type { Person } from '#schema/unit'
import type { EmailReading } from '../email.ts'
import { isPlaceholder } from '../placeholder.ts'

const STEPS = ['anonymous', 'signed_up', 'sso', 'billing_admin'] as const

/** What the ladder is read from. */
export type LadderGround = Readonly<{
  users: readonly Row<'users'>[]
  workspaces: readonly Row<'workspaces'>[]
  persons: readonly Person[]
  personOfUser: ReadonlyMap<string, number>
  emailOf: ReadonlyMap<string, EmailReading>
  read: (text: string | null) => EmailReading
  /** Earliest anonymous sighting of a person's devices, by user id, ms. */
  anonymousSince: ReadonlyMap<string, number>
  /** A moment of the data as ms; null where it is none. */
  instantOf(moment: Moment | null): number | null
}>

/** The rungs of all persons, one after the other. */
type Rungs = (LadderStep | undefined)[]

/**
 * The ladder of each person: anonymous, signed up, SSO, billing admin, with the earliest date and what shows it.
 *
 * @param ground tables, persons, what devices showed
 * @returns steps by person, then by rung; a rung that nothing shows is left out
 *
 * Source: docs/methods/identity.md, "Stitching".
 */
export function personLadders(ground: LadderGround): readonly LadderStep[] {
  const { users, workspaces, persons, personOfUser, emailOf, read, anonymousSince, instantOf } = ground
  const rungs: Rungs = new Array<LadderStep | undefined>(persons.length * STEPS.length)
  const personOfMailbox = new Map<string, number>()
  for (const user of users) {
    const person = personOfUser.get(user.user_id)
    if (person === undefined) continue
    const personId = persons[person]?.id ?? ''
    for (const rung of ownRungs(user, { created: instantOf(user.created_at), seen: anonymousSince.get(user.user_id) }))
      climb(rungs, person, { personId, ...rung })
    const reading = emailOf.get(user.user_id)
    if (reading?.guard === null && !personOfMailbox.has(reading.canonical))
      personOfMailbox.set(reading.canonical, person)
  }
  for (const { workspace_id, billing_contact_email, created_at } of workspaces) {
    const person = personOfMailbox.get(read(billing_contact_email).canonical)
    if (person === undefined) continue
    const step = { personId: persons[person]?.id ?? '', step: 'billing_admin', at: instantOf(created_at) } as const
    climb(rungs, person, { ...step, evidence: workspace_id })
  }
  return rungs.filter(rung => rung !== undefined)
}

type Times = Readonly<{ created: number | null; seen: number | undefined }>

function ownRungs(user: Row<'users'>, { created, seen }: Times): Omit<LadderStep, 'personId'>[] {
  const rungs: Omit<LadderStep, 'personId'>[] = [{ step: 'signed_up', at: created, evidence: user.user_id }]
  const isAnonymous = !isPlaceholder(user.anonymous_id)
  if (seen !== undefined)
    rungs.push({ step: 'anonymous', at: seen, evidence: 'a device of the person before its login' })
  else if (isAnonymous) rungs.push({ step: 'anonymous', at: null, evidence: `anonymous id ${user.anonymous_id}` })
  if (!isPlaceholder(user.sso_subject)) rungs.push({ step: 'sso', at: created, evidence: user.user_id })
  return rungs
}

function climb(rungs: Rungs, person: number, rung: LadderStep): void {
  const place = person * STEPS.length + STEPS.indexOf(rung.step)
  const known = rungs[place]
  if (known === undefined || isEarlier(rung.at, known.at)) rungs[place] = rung
}

function isEarlier(at: number | null, known: number | null): boolean {
  return at !== null && (known === null || at < known)
}
