import { finish, type Steps } from '#lib/steps'
import type { Candidates } from '../block/candidate-pairs.ts'
import type { BlockCount } from '../block/split-blocks.ts'
import { clusterRecords, type Forest } from '../cluster/cluster-records.ts'
import { DEFAULT_CONSTRAINTS } from '../cluster/constraints.ts'
import { createEdgeList, type Edges, inWeightOrder } from '../cluster/edges.ts'
import type { ScopedCodes } from '../cluster/scoped-codes.ts'
import { createDictionary } from '../columns/dictionary.ts'
import { organisationColumns } from '../columns/organisation-columns.ts'
import { personColumnSteps } from '../columns/person-columns.ts'
import { dateOrderOf } from '../normalise/calendar-date.ts'
import { groundSteps, type PreparedGround } from '../threads/ground-steps.ts'
import { namesBy } from '../threads/names-there.ts'
import { type PairsTold, type PairTask, scoreSteps } from '../threads/score-steps.ts'
import type { ScoringGround } from '../threads/scoring-ground.ts'
import type { SecondThread } from '../threads/second-thread.ts'
import { heldBetweenPeople } from '../weigh/between-people.ts'
import { estimateFurther, MOST_FURTHER } from '../weigh/further-records.ts'
import { type PairScorer, pairScorer, priorBits, WATCH_STEPS } from '../weigh/pair-scorer.ts'
import type { RecordFields } from './record-fields.ts'
import { addressesIn, type RecordTable, recordTable, splitCells, type TableColumns } from './record-table.ts'

/** What resolving a table came to. */
export type ResolvedRecords = Readonly<{
  table: RecordTable
  blocks: readonly BlockCount[]
  /** Pairs that were compared. */
  pairs: number
  /** Expected further records per entity, as estimated. */
  further: number
  /** Pairs from -3 bits on, strongest first. */
  edges: Edges
  forest: Forest
  scorer: PairScorer
  candidates: Candidates
}>

/**
 * Others that carry a rare name in a table where duplicates are looked for: what the parts of the name say is trusted more
 * than in a project, where names only confirm.
 */
const UNKNOWN_OTHERS_IN_TABLES = 0.1

/**
 * Resolves any table of people or organisations: which records are one.
 *
 * @param columns cells by column, those of the roles
 * @param fields which column has which role
 * @returns weighed pairs and the clusters of every threshold; equal rows in any order give equal answers
 *
 * Source: docs/methods/identity.md, "Any table".
 */
export function resolveRecords(columns: TableColumns, fields: RecordFields): ResolvedRecords {
  return finish(resolveSteps(columns, fields, () => null))
}

/**
 * As `resolveRecords`, in steps.
 *
 * @param columns cells by column, those of the roles
 * @param fields which column has which role
 * @param open another thread to score pairs of so many records, which is closed when this ends in any way; null: none
 * @param told how many pairs of how many were compared
 * @returns a generator that halts now and then
 *
 * Source: docs/methods/identity.md, "Any table".
 */
export function* resolveSteps(
  columns: TableColumns,
  fields: RecordFields,
  open: (records: number) => SecondThread | null,
  told?: PairsTold,
): Steps<ResolvedRecords> {
  const table = recordTable(columns, fields)
  const size = table.keys.length
  const second = open(size)
  try {
    const ground =
      fields.kind === 'person' ? yield* personSteps(table, columns, { fields, second }) : organisations(table, fields)
    const source = sourceCodes(table, fields)
    yield
    const prepared = yield* groundSteps(ground, second)
    const { candidates } = prepared
    const task = { candidates: candidates.ground, source: fields.oneToOne ? source : null }
    const every = yield* weighPairs(task, prepared, { size, second, told })
    const weighed =
      ground.kind === 'persons'
        ? { ...every, edges: heldBetweenPeople(every.edges, ground.columns, every.scorer) }
        : every
    const scoped = fields.oneToOne ? oneRecordPerSource(source) : undefined
    const forest = clusterRecords(size, weighed.edges, { ...DEFAULT_CONSTRAINTS, scoped })
    const met = fields.oneToOne ? acrossOnly(candidates, source) : candidates
    return { table, blocks: candidates.counts, ...weighed, forest, candidates: met }
  } finally {
    second?.close()
  }
}

type Weighed = Pick<ResolvedRecords, 'edges' | 'pairs' | 'further' | 'scorer'>
type Ground = Exclude<ScoringGround, { kind: 'users' }>
type Helpers = Readonly<{ size: number; second: SecondThread | null; told: PairsTold | undefined }>

/** Compares all candidates once, with the largest prior that can come out, and then weighs what is left with the right one. */
function* weighPairs(task: PairTask, prepared: PreparedGround, { size, second, told }: Helpers): Steps<Weighed> {
  const { scorer: lenient } = prepared
  const { pairs, edges: near } = yield* scoreSteps(task, prepared, second, told)
  const further = estimateFurther(size, near, lenient)
  const scorer = pairScorer(lenient.comparisons, priorBits(size, further))
  const list = createEdgeList()
  for (let i = 0; i < near.a.length; i++) {
    const [a, b] = [near.a[i] as number, near.b[i] as number] // i < length
    const steps = scorer.score(a, b, WATCH_STEPS)
    if (steps >= WATCH_STEPS) list.push(a, b, steps)
  }
  return { edges: inWeightOrder(list.edges()), pairs, further, scorer }
}

function* personSteps(
  table: RecordTable,
  columns: TableColumns,
  { fields, second }: Readonly<{ fields: RecordFields; second: SecondThread | null }>,
): Steps<Ground> {
  const order = dateOrderOf(columns.get(fields.date_of_birth ?? '') ?? [])
  const fullName =
    fields.full_name ?? (fields.first_name === undefined && fields.last_name === undefined ? fields.name : undefined)
  const records = yield* personColumnSteps(
    table.keys.length,
    i => ({
      emails: addressesIn(table.cells(i, fields.email)),
      fullName: table.cell(i, fullName),
      firstName: table.cell(i, fields.first_name),
      lastName: table.cell(i, fields.last_name),
      dateOfBirth: table.cell(i, fields.date_of_birth),
      phone: table.cell(i, fields.phone),
      address: table.cells(i, fields.address),
      postcode: table.cell(i, fields.postcode),
      city: table.cell(i, fields.city),
    }),
    { order, names: namesBy(table.keys.length, second) },
  )
  return { kind: 'persons', columns: records, ...leniently(records.size) }
}

function organisations(table: RecordTable, fields: RecordFields): Ground {
  const records = organisationColumns(table.keys.length, i => ({
    name: table.cell(i, fields.name ?? fields.full_name),
    websites: splitCells(table.cells(i, fields.website)),
    emails: addressesIn(table.cells(i, fields.email)),
    phone: table.cell(i, fields.phone),
    address: table.cells(i, fields.address),
    postcode: table.cell(i, fields.postcode),
    city: table.cell(i, fields.city),
  }))
  return { kind: 'organisations', columns: records, ...leniently(records.size) }
}

/** The largest prior that can come out. */
function leniently(size: number): Readonly<{ prior: number; unknownOthers: number }> {
  return { prior: priorBits(size, MOST_FURTHER), unknownOthers: UNKNOWN_OTHERS_IN_TABLES }
}

/** Per record the code of where it comes from, 0 where nothing says so. */
function sourceCodes(table: RecordTable, fields: RecordFields): Uint32Array {
  const sources = createDictionary()
  return Uint32Array.from(table.keys, (_, i) => sources.codeOf(table.cell(i, fields.source) ?? ''))
}

function acrossOnly(candidates: Candidates, source: Uint32Array): Candidates {
  return {
    counts: candidates.counts,
    eachPair: visit =>
      candidates.eachPair((a, b) => {
        if (source[a] !== source[b]) visit(a, b)
      }),
  }
}

/** Each record is the only one of its source in its cluster. There may be as many sources as records. */
function oneRecordPerSource(source: Uint32Array): ScopedCodes {
  return { scopes: source, codes: source.map((_, i) => i + 1) }
}
