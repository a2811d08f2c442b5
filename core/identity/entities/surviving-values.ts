import { compareCodePoints } from '#lib/text'
import type { ValueReason } from '#schema/person-values'

/** The mailbox of an address without its tag, and whether the address has one. */
export type Mailbox = Readonly<{ name: string; isTagged: boolean }>

/** The parts of a person's name, folded. `family` is empty where a given name stands alone. */
export type NameForm = Readonly<{ given: string; family: string }>

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
  /** By field, of addresses: the mailbox, and whether it is written with a tag. */
  mailboxes: ReadonlyMap<string, Mailbox>
  /** By field, of names of persons: what they are read as. */
  names: ReadonlyMap<string, NameForm>
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
 *   pinned > source (smaller place) > untagged (the same without its tag) > fuller (the name of which the other is a short form)
 *   > verified > company (smaller place of its kind) > recent (later) > frequent (more records) > smaller key
 *
 * What speaks for the value with the tag speaks for the one without it, too, and what speaks for a short form for the fuller name, unless
 * that comes from a later source.
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
  /** null of what is no address. */
  mailbox: Mailbox | null
  /** null of what is no name of a person. */
  name: NameForm | null
  isPinned: boolean
  source: number
  isVerified: boolean
  kind: number
  at: number
  /** Records that speak for it. */
  count: number
}>

function rivalsOf(records: readonly ValueRecord[], field: string, pin: string | undefined): Rival[] {
  const byValue = Map.groupBy(
    records.filter(({ values }) => values.has(field)),
    ({ values }) => values.get(field) ?? '',
  )
  if (pin !== undefined && !byValue.has(pin)) byValue.set(pin, [])
  const rivals = [...byValue].map(([value, own]) => ({
    value,
    records: own.map(({ key }) => key),
    mailbox: own[0]?.mailboxes.get(field) ?? null,
    name: own[0]?.names.get(field) ?? null,
    isPinned: value === pin,
    source: own.reduce((least, { source }) => Math.min(least, source), Number.POSITIVE_INFINITY),
    isVerified: own.some(({ verified }) => verified.has(field)),
    kind: own.reduce((least, { kinds }) => Math.min(least, kinds.get(field) ?? 0), Number.POSITIVE_INFINITY),
    at: own.reduce((latest, { at }) => Math.max(latest, at ?? Number.NEGATIVE_INFINITY), Number.NEGATIVE_INFINITY),
    count: own.length,
  }))
  return rivals.map(rival =>
    rivals
      .filter(other => (isWithoutTagOf(rival, other) || isFullerThan(rival, other)) && rival.source <= other.source)
      .reduce(withOther, rival),
  )
}

/** Is one the same mailbox as the other, which alone has a tag? */
function isWithoutTagOf({ mailbox }: Rival, other: Rival): boolean {
  return mailbox?.isTagged === false && other.mailbox?.isTagged === true && mailbox.name === other.mailbox.name
}

/** Is the other one a short form of this name: an initial or the beginning of its given name, with the same family name or none? */
function isFullerThan({ name }: Rival, { name: other }: Rival): boolean {
  if (name === null || other === null || name.family === '' || !name.given.startsWith(other.given)) return false
  return other.family === '' || (other.family === name.family && other.given !== name.given)
}

/** A value, with what speaks for the other spelling of it. */
function withOther(rival: Rival, other: Rival): Rival {
  return {
    ...rival,
    isVerified: rival.isVerified || other.isVerified,
    kind: Math.min(rival.kind, other.kind),
    at: Math.max(rival.at, other.at),
    count: rival.count + other.count,
  }
}

function judge(a: Rival, b: Rival): Readonly<{ order: number; reason: ValueReason }> {
  const differences: readonly (readonly [ValueReason, number])[] = [
    ['pinned', Number(b.isPinned) - Number(a.isPinned)],
    ['source', compareNumbers(a.source, b.source)],
    ['untagged', Number(isWithoutTagOf(b, a)) - Number(isWithoutTagOf(a, b))],
    ['fuller', Number(isFullerThan(b, a)) - Number(isFullerThan(a, b))],
    ['verified', Number(b.isVerified) - Number(a.isVerified)],
    ['company', compareNumbers(a.kind, b.kind)],
    ['recent', compareNumbers(b.at, a.at)],
    ['frequent', b.count - a.count],
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
