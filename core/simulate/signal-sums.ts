import type { Slots } from '#schema/cells'
import { SIGNAL_BUCKETS, type SignalBucket } from '#schema/model'
import { addValues, fillValues, type SignalRule, type Sums } from '#score'

/** A signal with its value per run. */
type Valued = Readonly<{ rule: SignalRule; values: Float64Array }>

/** What a move to other rules came to. */
export type Summed = Readonly<{
  /** Signals that were worked out anew. */
  worked: readonly string[]
  /** Buckets whose sums were taken anew. */
  summed: ReadonlySet<SignalBucket>
  /** 1 per unit one of whose persons may have another sum; null where all may. */
  touched: Uint8Array | null
}>

/** Keeps the value of every signal for every subject, and the sums of the buckets, as rules change. */
export class SignalSums {
  private readonly sums: Sums
  private readonly slots: Slots
  private readonly touched: Uint8Array
  private valued: readonly Valued[] = []

  /** @param sums of all slots and units; overwritten */
  constructor(sums: Sums, slots: Slots) {
    this.sums = sums
    this.slots = slots
    this.touched = new Uint8Array(sums.units)
  }

  /**
   * Moves to other rules over the same cells. Sums are taken in the order of the rules, as in the full score.
   *
   * @param isTraced shall it be found out who is touched? Else all may be
   */
  apply(rules: readonly SignalRule[], isTraced: boolean): Summed {
    const before = this.valued
    const byId = new Map(before.map(one => [one.rule.signal.id, one]))
    const worked = new Set<string>()
    this.valued = rules.map((rule): Valued => {
      const known = byId.get(rule.signal.id)
      if (known !== undefined && isSameValue(known.rule, rule)) return { rule, values: known.values }
      worked.add(rule.signal.id)
      return { rule, values: valuesOf(rule, known?.values) }
    })
    if (isTraced) this.touched.fill(0)
    let isKnown = isTraced
    const summed = SIGNAL_BUCKETS.filter((_id, bucket) => {
      const [old, now] = [inBucket(before, bucket), inBucket(this.valued, bucket)]
      const changed = now.filter(({ rule }) => worked.has(rule.signal.id))
      const isSameList = old.length === now.length && now.every(({ rule }, i) => isSameSubject(rule, old[i]?.rule))
      if (isSameList && changed.length === 0) return false
      if (!isSameList) isKnown = false
      else if (isKnown) for (const { rule } of changed) this.touch(rule)
      this.addUp(bucket)
      return true
    })
    return { worked: [...worked], summed: new Set(summed), touched: isKnown ? this.touched : null }
  }

  private touch({ isPersonal, runs: { subject } }: SignalRule): void {
    if (!isPersonal) return
    for (const slot of subject) this.touched[this.slots.unit[slot] as number] = 1 // subjects are slots
  }

  private addUp(bucket: number): void {
    const { person, slots, unit, units } = this.sums
    person.fill(0, bucket * slots, (bucket + 1) * slots)
    unit.fill(0, bucket * units, (bucket + 1) * units)
    for (const { rule, values } of inBucket(this.valued, bucket)) {
      const span = { from: 0, to: rule.runs.subject.length }
      if (rule.isPersonal) addValues(values, rule, span, person, bucket * slots)
      else addValues(values, rule, span, unit, bucket * units)
    }
  }
}

const inBucket = (list: readonly Valued[], bucket: number): readonly Valued[] =>
  list.filter(({ rule }) => rule.bucket === bucket)

function valuesOf(rule: SignalRule, room: Float64Array | undefined): Float64Array {
  const { length } = rule.runs.subject
  const values = room?.length === length ? room : new Float64Array(length)
  fillValues(rule, 0, length, values)
  return values
}

/** Are two rules of one signal over the same runs? */
function isSameSubject(a: SignalRule, b: SignalRule | undefined): boolean {
  return a.signal.id === b?.signal.id && a.runs === b.runs && a.isPersonal === b.isPersonal
}

/** Do two rules have the same value for every run? */
function isSameValue(a: SignalRule, b: SignalRule): boolean {
  return (
    a.runs === b.runs &&
    a.signal.count === b.signal.count &&
    a.sign === b.sign &&
    a.magnitude === b.magnitude &&
    a.capPoints === b.capPoints &&
    (a.signal.cap === undefined || a.capDays === b.capDays) &&
    a.weights.every((weight, code) => weight === b.weights[code])
  )
}
