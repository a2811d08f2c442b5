import { STEPS_PER_BIT } from '../weigh/steps.ts'
import type { ScopedCodes } from './scoped-codes.ts'
import type { SidesApart } from './sides-apart.ts'

/** What clusters must respect at every threshold. */
export type Constraints = Readonly<{
  /** Pairs that somebody said are one; they go first and ignore limits, size and bridges. */
  mustLinks: readonly (readonly [number, number])[]
  /** Pairs that somebody said are not one: never in one cluster, over whatever path. */
  cannotLinks: readonly (readonly [number, number])[]
  /** Sets of records that somebody said are not one: as a cannot-link of every record of the one with every record of the other. */
  sidesApart?: readonly SidesApart[] | undefined
  /** Per scope one code per record, 0 for none: a cluster has at most one code of a scope (one SSO tenant of workspaces). */
  unique: readonly Readonly<{ scope: string; codes: Uint32Array }>[]
  /** Per record one code of one of very many scopes: a cluster has at most one code of each (one SSO subject per provider, one record per source). */
  scoped?: ScopedCodes | undefined
  /** Per scope one code per record, 0 for none: a cluster has at most so many codes of a scope (five emails). */
  limits: readonly Readonly<{ scope: string; codes: Uint32Array; most: number }>[]
  /** Most records of one cluster. */
  mostRecords: number
  /** Two clusters of three or more are not joined over a single edge weaker than this; sixteenths of a bit. */
  bridgeSteps: number
}>

/** Why an edge joins nothing. `weak_bridge` waits for a second edge. */
export const REFUSALS = ['cannot_link', 'unique_id', 'too_many_ids', 'too_large', 'weak_bridge'] as const
export type RefusalReason = (typeof REFUSALS)[number]

/** No decisions, no unique ids; 200 records; bridges below 10 bits are weak: one identifier is not enough. */
export const DEFAULT_CONSTRAINTS: Constraints = {
  mustLinks: [],
  cannotLinks: [],
  unique: [],
  limits: [],
  mostRecords: 200,
  bridgeSteps: 10 * STEPS_PER_BIT,
}
