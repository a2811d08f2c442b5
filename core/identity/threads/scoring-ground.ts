import type { KeyKind } from '../block/block-keys.ts'
import { type KeyRows, type KindBlocks, kindBlocks } from '../block/kind-blocks.ts'
import { organisationKeys } from '../block/organisation-keys.ts'
import { personKeys } from '../block/person-keys.ts'
import { type RecordPlaces, recordPlaces } from '../block/record-places.ts'
import type { OrganisationColumns } from '../columns/organisation-columns.ts'
import type { PersonColumns } from '../columns/person-columns.ts'
import { emailTablesOf, organisationComparisons, personComparisons, personTables } from '../compare/all-comparisons.ts'
import type { Comparison } from '../compare/comparison.ts'
import type { EmailTables } from '../compare/email-tables.ts'
import type { UserColumns } from '../people/user-columns.ts'
import { userComparisons, userKeys } from '../people/user-comparisons.ts'
import { type PairScorer, pairScorer } from '../weigh/pair-scorer.ts'
import { UNKNOWN_OTHERS } from '../weigh/steps.ts'
import { weightsWith } from '../weigh/weight-rules.ts'

/** What a scorer is made of, as values alone. */
export type ScoringGround = Readonly<{ prior: number }> &
  (
    | Readonly<{ kind: 'users'; columns: UserColumns; weights: readonly (readonly [string, number])[] }>
    | Readonly<{ kind: 'persons'; columns: PersonColumns; unknownOthers: number }>
    | Readonly<{ kind: 'organisations'; columns: OrganisationColumns; unknownOthers: number }>
  )

/** What was made of a ground part by part. */
export type GroundParts = Readonly<{ blocks: readonly (KindBlocks | null)[]; tables: EmailTables | undefined }>

/**
 * The scorer of a ground: equal grounds make scorers that give equal totals.
 *
 * @param ground columns, weights that somebody set, log2 odds before any evidence
 * @param tables where they are made already
 *
 * Source: docs/methods/identity.md, "Two threads".
 */
export function scorerOf(ground: ScoringGround, tables?: EmailTables): PairScorer {
  return pairScorer(comparisonsOf(ground, tables), ground.prior)
}

/**
 * Where what is read of each record for every pair is to lie; null where there are few records, or organisations.
 *
 * @param ground records
 *
 * Source: docs/methods/identity.md, "Columns".
 */
export function placesOf(ground: ScoringGround): RecordPlaces | null {
  if (ground.kind === 'organisations') return null
  return recordPlaces(ground.kind === 'users' ? ground.columns.people : ground.columns)
}

/**
 * Kinds of keys of the records of a ground.
 *
 * @param ground records
 *
 * Source: docs/methods/identity.md, "Blocking".
 */
export function keysOf(ground: ScoringGround): readonly KeyKind[] {
  if (ground.kind === 'users') return userKeys(ground.columns)
  return ground.kind === 'persons' ? personKeys(ground.columns) : organisationKeys(ground.columns)
}

/**
 * All that is to be made before pairs are scored, part by part: what is counted for the comparisons, then the blocks of each kind of key.
 *
 * @param ground records
 * @param rows of all kinds of keys, which the parts fill
 * @returns parts that depend on nothing but the ground
 *
 * Source: docs/methods/identity.md, "Two threads".
 */
export function groundParts(ground: ScoringGround, rows: KeyRows): readonly (() => unknown)[] {
  const blocks = keysOf(ground).map((kind, place) => () => kindBlocks(kind, rows, place))
  return [...tableParts(ground, rows.places), ...blocks]
}

/**
 * What the parts come to.
 *
 * @param made one per part
 * @param kinds how many kinds of keys there are
 *
 * Source: docs/methods/identity.md, "Two threads".
 */
export function partsTogether(made: readonly unknown[], kinds: number): GroundParts {
  const tables = made.slice(0, made.length - kinds)
  return {
    tables: tables.length === 0 ? undefined : emailTablesOf(tables),
    blocks: made.slice(made.length - kinds) as readonly (KindBlocks | null)[], // as groundParts has them
  }
}

function tableParts(ground: ScoringGround, places: RecordPlaces | null): readonly (() => unknown)[] {
  if (ground.kind === 'organisations') return []
  if (ground.kind === 'persons') return personTables(ground.columns, ground.unknownOthers, undefined, places)
  return personTables(ground.columns.people, UNKNOWN_OTHERS, weightsWith(new Map(ground.weights)).person, places)
}

function comparisonsOf(ground: ScoringGround, tables: EmailTables | undefined): readonly Comparison[] {
  if (ground.kind === 'users') return userComparisons(ground.columns, weightsWith(new Map(ground.weights)), tables)
  return ground.kind === 'persons'
    ? personComparisons(ground.columns, ground.unknownOthers, undefined, tables)
    : organisationComparisons(ground.columns, ground.unknownOthers)
}
