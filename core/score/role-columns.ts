import type { Slots } from '#schema/cells'
import type { ScoringModel } from '#schema/model'
import type { Fit, Unit } from '#schema/unit'
import { fitPoints } from './fit.ts'
import { ADMIN, CHAMPION, newPersonColumns, type PersonColumns, withCandidates } from './ground-columns.ts'
import { ROLE_ROWS } from './roles.ts'

/** What is known of everybody's role whatever the factors are, by slot. Nobody's slots hold zeros. */
export type RoleColumns = Readonly<{
  /** Position of the row that was met among weight, admin, manager, contributor, other. */
  row: Uint8Array
  /** The weight given in the data, where that row was met. */
  weight: Float64Array
  isAdmin: Uint8Array
  isPersonaChampion: Uint8Array
}>

/** What is known of the units' fit whatever its maximum and tiers are. */
export type FitColumns = Readonly<{
  /** 0..100; NaN where there is none. */
  score: Float64Array
  /** Position in tiers; -1 where there is none. */
  tier: Int32Array
  tiers: readonly string[]
}>

/**
 * Rows of the role table that people met, by slot.
 *
 * @param units in the order of the slots, with the same people
 *
 * Source: docs/methods/score.md, "Roles".
 */
export function roleColumns({ start, person }: Slots, units: readonly Pick<Unit, 'people'>[]): RoleColumns {
  const size = person.length
  const columns: RoleColumns = {
    row: new Uint8Array(size),
    weight: new Float64Array(size),
    isAdmin: new Uint8Array(size),
    isPersonaChampion: new Uint8Array(size),
  }
  for (const [u, { people }] of units.entries()) {
    let slot = start[u] as number // the unit's first slot is nobody's
    for (const one of people) {
      columns.row[++slot] = ROLE_ROWS.indexOf(one.role)
      columns.weight[slot] = one.role === 'weight' ? one.roleFactor : 0
      columns.isAdmin[slot] = one.isAdmin ? 1 : 0
      columns.isPersonaChampion[slot] = one.isPersonaChampion === true ? 1 : 0
    }
  }
  return columns
}

/**
 * Factors, standings and candidates by other factors: the same as `judgeRole` gives, without a look at user records.
 *
 * @param start first slot per unit
 * @param roles factors of the rows; titles and departments must be those that the rows were judged by
 * @param into  is overwritten and returned; columns of the same slots and units
 *
 * Source: docs/methods/score.md, "Roles".
 */
export function peopleOf(
  columns: RoleColumns,
  start: Uint32Array,
  roles: ScoringModel['roles'],
  into: PersonColumns = newPersonColumns(start, 0),
): PersonColumns {
  const { row, weight, isAdmin, isPersonaChampion } = columns
  const { factor, standing } = into
  const factors = Float64Array.from(ROLE_ROWS, name => (name === 'weight' ? 0 : roles[name]))
  for (let slot = 0; slot < row.length; slot++) {
    // Within range: rows are positions in ROLE_ROWS.
    const own = row[slot] === 0 ? (weight[slot] as number) : (factors[row[slot] as number] as number)
    const isChampion = isPersonaChampion[slot] === 1 || own >= 1
    factor[slot] = own
    if (isAdmin[slot] === 1) standing[slot] = ADMIN
    else standing[slot] = isChampion ? CHAMPION : 0
  }
  return withCandidates(into, start)
}

/** Scores and tiers of the units' accounts, in the order of units. */
export function fitColumns(units: readonly Readonly<{ fit: Fit }>[]): FitColumns {
  const codes = new Map<string, number>()
  const tier = Int32Array.from(units, ({ fit }) => {
    if (fit.tier === null) return -1
    const code = codes.get(fit.tier) ?? codes.size
    codes.set(fit.tier, code)
    return code
  })
  return { score: Float64Array.from(units, ({ fit }) => fit.score ?? Number.NaN), tier, tiers: [...codes.keys()] }
}

/**
 * Points of fit per unit by another maximum or other tiers.
 *
 * @param model rules of fit must be those that the scores were computed by
 *
 * Source: docs/methods/score.md, "Fit".
 */
export function fitPointsOf({ score, tier, tiers }: FitColumns, model: Pick<ScoringModel, 'buckets'>): Float64Array {
  const ofTier = tiers.map(name => fitPoints(null, name, model))
  return score.map((value, u) => {
    if (!Number.isNaN(value)) return fitPoints(value, null, model)
    return ofTier[tier[u] as number] ?? 0 // -1 where there is none
  })
}
