import { POOL_TEAMS, type PoolTeam } from '#schema/policy'
import type { Policy } from './routing-rules.ts'

export type Rep = NonNullable<Policy['reps']>[number]

const NO_REPS: readonly Rep[] = []

export const repsOf = ({ reps }: Policy): readonly Rep[] => reps ?? NO_REPS

/** A policy with other people of its pools; without any, it says nothing of them. */
function withReps({ reps: _, ...rest }: Policy, reps: readonly Rep[]): Policy {
  return reps.length === 0 ? rest : { ...rest, reps: [...reps] }
}

export function addRep(policy: Policy): Policy {
  const taken = new Set(repsOf(policy).map(rep => rep.owner_id))
  let number = taken.size + 1
  while (taken.has(`person_${number}`)) number++
  const rep: Rep = {
    owner_id: `person_${number}`,
    name: null,
    email: null,
    team: 'SDR',
    territory: null,
    weekly_capacity: null,
  }
  return withReps(policy, [...repsOf(policy), rep])
}

export function changeRep(policy: Policy, place: number, to: Partial<Rep>): Policy {
  return withReps(
    policy,
    repsOf(policy).map((rep, i) => (i === place ? { ...rep, ...to } : rep)),
  )
}

export function dropRep(policy: Policy, place: number): Policy {
  return withReps(
    policy,
    repsOf(policy).filter((_, i) => i !== place),
  )
}

/** Which pool takes what a pool has no room for; null: none does. */
export function changeOverflow(policy: Policy, from: PoolTeam, to: PoolTeam | null): Policy {
  const { overflow: before, ...rest } = policy
  const { [from]: _, ...others } = before ?? {}
  const overflow = to === null || to === from ? others : { ...others, [from]: to }
  return Object.keys(overflow).length === 0 ? rest : { ...rest, overflow }
}

export const teamNamed = (name: string): PoolTeam | null => POOL_TEAMS.find(team => team === name) ?? null

type Member = Readonly<{
  ownerId: string
  name: string | null
  email: string | null
  capacity: number | null
  pool: string
}>

/** The weekly capacity of a person of the pools as a policy has it. */
export function capacityIn(policy: Policy, { ownerId, capacity }: Pick<Member, 'ownerId' | 'capacity'>): number | null {
  const rep = repsOf(policy).find(known => known.owner_id === ownerId)
  return rep === undefined ? capacity : rep.weekly_capacity
}

/** Gives a person of the pools another weekly capacity; 0: takes nothing. The policy names the person then. */
export function setCapacity(policy: Policy, member: Member, capacity: number | null): Policy {
  const place = repsOf(policy).findIndex(known => known.owner_id === member.ownerId)
  if (place !== -1) return changeRep(policy, place, { weekly_capacity: capacity })
  const { ownerId, name, email, pool } = member
  const rep: Rep = { owner_id: ownerId, name, email, team: pool, territory: null, weekly_capacity: capacity }
  return withReps(policy, [...repsOf(policy), rep])
}
