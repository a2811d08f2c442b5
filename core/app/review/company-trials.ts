import { DecisionTrials } from '#identity'
import type { Steps } from '#lib/steps'
import { compareCodePoints } from '#lib/text'
import { dataState, identityDecisions } from '#store'
import { accountRoles } from '../account-companies.ts'
import { identityTables } from '../dataset.ts'
import type { Pair } from './answers.ts'
import type { Desk } from './desk.ts'
import type { Room } from './room.ts'

type Assigned = ReadonlyMap<string, string>

/** Accounts of workspaces as they are, and as they would be; workspaces that get another one, in the order of their ids. */
export type Reassigned = Readonly<{ before: Assigned; after: Assigned; workspaceIds: readonly string[] }>

/** Records up to which it is tried at once what another company of two rows of accounts would come to. */
const MOST_AT_ONCE = 20_000

/** What is held to try answers: good for the data and answers as they were read. */
type Trials = Readonly<{ state: string; trials: DecisionTrials; before: Assigned }>

const known = new WeakMap<Desk, Trials>()

/** May the answer that two rows of accounts are one company be tried while somebody looks? All workspaces are asked for their account. */
export function isTriedAtOnce({ desk }: Pick<Room, 'desk'>): boolean {
  return desk.rowOf.size + desk.found.accountOfWorkspace.size <= MOST_AT_ONCE
}

/** Which workspaces would get another account if two rows of accounts were one company. */
export function* reassignedSteps(room: Room, { a, b }: Pair): Steps<Reassigned> {
  const { trials, before } = yield* trialsSteps(room)
  const pair = { a: { object: 'account', key: a }, b: { object: 'account', key: b } } as const
  const { accountOfWorkspace: after } = yield* trials.with([{ id: 'asked', type: 'must_link', ...pair }])
  const workspaceIds = [...new Set([...before.keys(), ...after.keys()])]
    .filter(id => before.get(id) !== after.get(id))
    .sort(compareCodePoints)
  return { before, after, workspaceIds }
}

/** Kept where reading everything again for the next answer would take longer than looking. */
function* trialsSteps(room: Room): Steps<Trials> {
  const { db, desk } = room
  const state = dataState(db)
  const found = known.get(desk)
  if (found?.state === state) return found
  const trials = yield* DecisionTrials.steps(
    identityTables(db),
    {
      mode: 'matched',
      activity: desk.activity.of,
      eventUsers: desk.activity.eventUsers,
      decisions: identityDecisions(db),
      roleOfAccount: accountRoles(db),
    },
    desk.found.joined,
  )
  const { accountOfWorkspace: before } = yield* trials.with([])
  const made = { state, trials, before }
  if (isTriedAtOnce(room)) known.set(desk, made)
  return made
}
