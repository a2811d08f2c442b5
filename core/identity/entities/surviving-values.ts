import { compareCodePoints } from '#lib/text'
import type { ValueReason } from '#schema/person-values'

/** One record of a person, as far as its values compete. */
export type ValueRecord = Readonly<{
  /** Names it; ties go to the smaller one. */
  key: string
  /** Place of its source: 0 goes before 1. */
  source: number
  /** When it was last heard of, ms; null where nothing says so. */
  at: number | null
  /** Values by field; a field without value is left out. */
  values: ReadonlyMap<string, string>
  /** Fields whose value the source has verified. */
  verified: ReadonlySet<string>
  /** Place of a value by its kind: 0 goes before 1; a field that is left out has 0. */
  kinds: ReadonlyMap<string, number>
}>

/** A value and the records that have it, in the order of their keys. */
export type HeldValue = Readonly<{ value: string; records: readonly string[] }>

export type SurvivingValue = HeldValue &
  Readonly<{
    field: string
    /** What it goes before the next one by; null where there is no other value. */
    reason: ValueReason | null
    /** The other values, each with what it lost by; the one that would follow first. */
    others: readonly (HeldValue & Readonly<{ lostBy: ValueReason }>)[]
  }>

/**
 * The value of each field that holds for a person, and those that do not.
 *
 *   pinned > source (smaller place) > verified > company (smaller place of its kind)
 *   > recent (later) > frequent (more records) > smaller key
 *
 * Nothing is lost: every value stays with the records that have it.
 *
 * @param records in whatever order
 * @param pins value that somebody chose, by field; one that no record has holds all the same, with no record
 * @returns fields in the order in which they come up in the records, by key
 *
 * Source: docs/methods/identity.md, "Values that hold".
 */
export function survivingValues(
  records: readonly ValueRecord[],
  pins: ReadonlyMap<string, string>,
): readonly SurvivingValue[] {
  const sorted = records.toSorted((a, b) => compareCodePoints(a.key, b.key))
  const fields = new Set(sorted.flatMap(({ values }) => [...values.keys()]))
  for (const field of pins.keys()) fields.add(field)
  return [...fields].flatMap(field => {
    const rivals = rivalsOf(sorted, field, pins.get(field)).toSorted((a, b) => judge(a, b).order)
    const [first, second] = rivals
    if (first === undefined) return []
    const others = rivals.slice(1).map(rival => ({ ...heldBy(rival), lostBy: judge(first, rival).reason }))
    return [{ field, ...heldBy(first), reason: second === undefined ? null : judge(first, second).reason, others }]
  })
}

/** What a value brings into the comparison: the best of the records that have it. */
type Rival = Readonly<{
  value: string
  records: readonly string[]
  isPinned: boolean
  source: number
  isVerified: boolean
  kind: number
  at: number
}>

function rivalsOf(records: readonly ValueRecord[], field: string, pin: string | undefined): Rival[] {
  const byValue = Map.groupBy(
    records.filter(({ values }) => values.has(field)),
    ({ values }) => values.get(field) ?? '',
  )
  if (pin !== undefined && !byValue.has(pin)) byValue.set(pin, [])
  return [...byValue].map(([value, own]) => ({
    value,
    records: own.map(({ key }) => key),
    isPinned: value === pin,
    source: own.reduce((least, { source }) => Math.min(least, source), Number.POSITIVE_INFINITY),
    isVerified: own.some(({ verified }) => verified.has(field)),
    kind: own.reduce((least, { kinds }) => Math.min(least, kinds.get(field) ?? 0), Number.POSITIVE_INFINITY),
    at: own.reduce((latest, { at }) => Math.max(latest, at ?? Number.NEGATIVE_INFINITY), Number.NEGATIVE_INFINITY),
  }))
}

function judge(a: Rival, b: Rival): Readonly<{ order: number; reason: ValueReason }> {
  const differences: readonly (readonly [ValueReason, number])[] = [
    ['pinned', Number(b.isPinned) - Number(a.isPinned)],
    ['source', compareNumbers(a.source, b.source)],
    ['verified', Number(b.isVerified) - Number(a.isVerified)],
    ['company', compareNumbers(a.kind, b.kind)],
    ['recent', compareNumbers(b.at, a.at)],
    ['frequent', b.records.length - a.records.length],
  ]
  for (const [reason, order] of differences) if (order !== 0) return { order, reason }
  return { order: compareCodePoints(a.records[0] ?? a.value, b.records[0] ?? b.value), reason: 'order' }
}

/** Infinities included: their difference is no number. */
function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function heldBy({ value, records }: Rival): HeldValue {
  return { value, records }
}
