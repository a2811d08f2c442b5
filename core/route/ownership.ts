import type { JudgedRow } from '#schema/dataset'
import type { Destination, PoolTeam, RoutingPolicy } from '#schema/policy'
import type { Row } from '#schema/tables'
import type { CrmPeople } from './crm-people.ts'
import type { AccountOwners } from './suppressions.ts'

/** Team that a destination belongs to where no person is named. */
const TEAM_OF: Readonly<Record<Exclude<Destination, 'none'>, string>> = {
  sdr: 'SDR',
  csm: 'CSM',
  customer: 'CSM',
  lifecycle_email: 'Lifecycle',
  nurture: 'Lifecycle',
  in_app: 'Growth',
  review: 'RevOps',
}

/** Whose a unit is before the pools are shared out. `pool`: take somebody of that team. */
export type Ownership = Readonly<{
  team: string | null
  owner: string | null
  from: 'crm' | 'earlier_run' | null
  pool: PoolTeam | null
}>

/** An account as far as owners and rules ask. */
export type OwnedAccount = Pick<Row<'accounts'>, 'current_owner' | 'csm_owner' | 'employee_count'>

/** What ownership is read from; the rows of the unit's account and workspaces. */
export type OwnershipGround = Readonly<{
  policy: RoutingPolicy
  people: CrmPeople
  account: OwnedAccount | undefined
  workspaces: readonly Pick<JudgedRow<'workspaces'>, 'sales_owner'>[]
}>

/** The account's owner, else the `sales_owner` of the first workspace that has one. */
function namedOwnerOf(destination: Destination, ground: OwnershipGround): string | null {
  const sales = ground.workspaces.map(({ sales_owner }) => ground.people.named(sales_owner))
  return accountOwnerOf(destination, ground) ?? sales.find(owner => owner !== null) ?? null
}

/** The owner that the unit's account names: csm and customer take `csm_owner` before `current_owner`. */
function accountOwnerOf(
  destination: Destination,
  { people, account }: Pick<OwnershipGround, 'people' | 'account'>,
): string | null {
  const isCustomerWork = destination === 'csm' || destination === 'customer'
  const csm = isCustomerWork ? people.named(account?.csm_owner ?? null) : null
  return csm ?? people.named(account?.current_owner ?? null)
}

/**
 * The account's owner for the work of a destination, and its success manager.
 *
 * Source: docs/methods/route.md, "Ownership".
 */
export function accountOwnersOf(
  destination: Destination,
  ground: Pick<OwnershipGround, 'people' | 'account'>,
): AccountOwners {
  return { owner: accountOwnerOf(destination, ground), csm: ground.people.named(ground.account?.csm_owner ?? null) }
}

/**
 * Whose a unit is.
 *
 * @param destination where it goes; `none` belongs to nobody
 * @param assigned owners and teams of earlier runs; the first holds whose person exists and whose team fits the destination
 * @param ground as above
 * @returns a team for every destination but none; a pool where sdr or csm has no owner yet
 *
 * Source: docs/methods/route.md, "Ownership".
 */
export function ownershipOf(
  destination: Destination,
  assigned: readonly Readonly<{ owner: string; team: string }>[],
  ground: OwnershipGround,
): Ownership {
  if (destination === 'none') return { team: null, owner: null, from: null, pool: null }
  const owner = namedOwnerOf(destination, ground)
  const pool = poolOf(destination, ground)
  const from = owner === null ? null : 'crm'
  if (pool === null) return { team: TEAM_OF[destination], owner, from, pool: null }
  if (owner !== null) return { team: ground.people.byId.get(owner)?.team ?? pool, owner, from, pool: null }
  const lasting = assigned.find(earlier => ground.people.byId.has(earlier.owner) && fits(earlier.team, pool))
  if (lasting !== undefined) return { team: lasting.team, owner: lasting.owner, from: 'earlier_run', pool: null }
  return { team: pool, owner: null, from: null, pool }
}

function poolOf(destination: Destination, { policy, account }: OwnershipGround): PoolTeam | null {
  if (destination === 'sdr') return 'SDR'
  if (destination !== 'csm') return null
  return (account?.employee_count ?? 0) >= policy.aeFromEmployees ? 'AE' : 'CSM'
}

/** Customer work that an account executive or a success manager once took stays with them, whichever the size now. */
function fits(team: string, pool: PoolTeam): boolean {
  const given = team.trim().toUpperCase()
  return pool === 'SDR' ? given === 'SDR' : given === 'CSM' || given === 'AE'
}
