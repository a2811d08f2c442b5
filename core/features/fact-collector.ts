import type { Day, Instant } from '#lib/time'
import type { ImportCount, Slots, UnitFacts, ValueCount } from '#schema/cells'
import type { TextColumn } from '#schema/event'
import type { ScoringModel } from '#schema/model'
import { isKeyCategory } from './kinds.ts'
import { PairTally } from './pair-tally.ts'
import { PropertyReader } from './property-reader.ts'
import type { KindTable } from './taxonomy.ts'

const FEATURE = 1
const INTEGRATION = 2
const COUNT = 4

/** Gathers what rollups and milestones need beside cells, one event at a time. */
export class FactCollector {
  private readonly slots: Slots
  private readonly kinds: readonly string[]
  private readonly readsOf: Uint8Array
  private readonly lastEventAt: Float64Array
  private readonly firstKindAt: Float64Array
  private readonly firstAt: Float64Array
  private readonly firstKind: Uint16Array
  private readonly features: ValueTally
  private readonly integrations: ValueTally
  private readonly counts: PropertyReader
  private readonly imports = new Map<number, { counted: number; withCount: number; events: number }>()

  constructor(slots: Slots, units: number, kinds: KindTable, model: Pick<ScoringModel, 'rollups' | 'taxonomy'>) {
    this.slots = slots
    this.kinds = kinds.kinds
    this.readsOf = propertiesRead(kinds, model)
    this.lastEventAt = new Float64Array(units).fill(Number.NaN)
    this.firstKindAt = new Float64Array(units * kinds.kinds.length).fill(Number.NaN)
    this.firstAt = new Float64Array(slots.unit.length).fill(Number.POSITIVE_INFINITY)
    this.firstKind = new Uint16Array(slots.unit.length)
    this.features = new ValueTally(model.rollups.featureProperty)
    this.integrations = new ValueTally(model.rollups.integrationProperty)
    this.counts = new PropertyReader(model.rollups.countProperty)
  }

  take(kind: number, slot: number, at: Instant): void {
    // Within range: slot and kind come from the tables the columns were made for.
    const unit = this.slots.unit[slot] as number
    if (!(at <= (this.lastEventAt[unit] as number))) this.lastEventAt[unit] = at
    this.sawKind(kind, unit, at)
    const first = this.firstAt[slot] as number
    if (at < first || (at === first && kind < (this.firstKind[slot] as number))) {
      this.firstAt[slot] = at
      this.firstKind[slot] = kind
    }
  }

  sawKind(kind: number, unit: number, at: Instant): void {
    const place = unit * this.kinds.length + kind
    if (!(at >= (this.firstKindAt[place] as number))) this.firstKindAt[place] = at
  }

  readsPropertiesOf(kind: number): boolean {
    return this.readsOf[kind] !== 0
  }

  takeProperties(kind: number, slot: number, day: Day, properties: TextColumn, i: number): void {
    const unit = this.slots.unit[slot] as number
    const reads = this.readsOf[kind] as number
    const key = unit * this.kinds.length + kind
    // Which kind of key event used a feature is asked nowhere: all of them are counted together.
    const feature = (reads & FEATURE) === 0 ? null : this.features.reader.read(properties, i)
    if (feature !== null) this.features.take(unit * this.kinds.length, day, feature)
    if ((reads & INTEGRATION) !== 0)
      this.integrations.take(key, day, this.integrations.reader.read(properties, i) ?? '')
    if ((reads & COUNT) !== 0) this.takeCount(unit, this.counts.read(properties, i))
  }

  private takeCount(unit: number, text: string | null): void {
    const row = this.imports.get(unit) ?? { counted: 0, withCount: 0, events: 0 }
    this.imports.set(unit, row)
    row.events++
    const count = text === null ? Number.NaN : Number(text)
    if (!Number.isFinite(count) || count < 0) return
    row.withCount++
    row.counted += count
  }

  arrivalAt(slot: number): Instant {
    return this.firstAt[slot] as number
  }

  /** Slots of persons with an event, ascending. */
  arrivedSlots(): Uint32Array {
    const { person } = this.slots
    const arrived = new Uint32Array(person.length)
    let count = 0
    for (let slot = 0; slot < person.length; slot++) {
      if ((person[slot] as number) >= 0 && this.firstAt[slot] !== Number.POSITIVE_INFINITY) arrived[count++] = slot
    }
    return arrived.subarray(0, count)
  }

  finish(): UnitFacts {
    const { length } = this.kinds
    const slots = this.arrivedSlots()
    const { unit, person } = this.slots
    for (let from = 0, to = 0; from < slots.length; from = to) {
      while (to < slots.length && unit[slots[to] as number] === unit[slots[from] as number]) to++
      slots.subarray(from, to).sort((a, b) => this.compareArrivals(a, b))
    }
    return {
      lastEventAt: this.lastEventAt,
      firstKindAt: this.firstKindAt,
      arrivals: {
        unit: slots.map(slot => unit[slot] as number),
        person: Int32Array.from(slots, slot => person[slot] as number),
        at: Float64Array.from(slots, slot => this.firstAt[slot] as number),
        kind: Uint16Array.from(slots, slot => this.firstKind[slot] as number),
      },
      values: [...this.features.rows('feature', length), ...this.integrations.rows('integration', length)],
      imports: new Map<number, ImportCount>([...this.imports].sort(([a], [b]) => a - b)),
    }
  }

  private compareArrivals(a: number, b: number): number {
    const byTime = (this.firstAt[a] as number) - (this.firstAt[b] as number)
    return byTime || (this.firstKind[a] as number) - (this.firstKind[b] as number) || a - b
  }
}

/** Events per (unit and kind, value), with the newest day. */
class ValueTally {
  readonly reader: PropertyReader
  private readonly tally = new PairTally()
  private readonly codes = new Map<string, number>()
  private readonly days: number[] = []

  constructor(property: string) {
    this.reader = new PropertyReader(property)
  }

  take(key: number, day: Day, value: string | null): void {
    if (value === null) return
    const code = this.codes.get(value) ?? this.codes.size
    this.codes.set(value, code)
    const entry = this.tally.add(key, code)
    this.days[entry] = Math.max(this.days[entry] ?? day, day)
  }

  /** Sorted by unit, kind, then value in the order of UTF-16 units: equal events in any order give equal rows. */
  rows(property: ValueCount['property'], kinds: number): ValueCount[] {
    const texts = [...this.codes.keys()]
    const rows = Array.from({ length: this.tally.size }, (_, entry): ValueCount => {
      const key = this.tally.first[entry] as number
      return {
        property,
        unit: Math.floor(key / kinds),
        kind: key % kinds,
        value: texts[this.tally.second[entry] as number] ?? '',
        day: this.days[entry] ?? 0,
        n: this.tally.count[entry] as number,
      }
    })
    return rows.sort((a, b) => a.unit - b.unit || a.kind - b.kind || (a.value < b.value ? -1 : 1))
  }
}

function propertiesRead(kinds: KindTable, model: Pick<ScoringModel, 'taxonomy'>): Uint8Array {
  const reads = new Uint8Array(kinds.kinds.length)
  const also = (kind: string, bit: number): void => {
    const code = kinds.codeOf.get(kind)
    if (code !== undefined) reads[code] = (reads[code] ?? 0) | bit
  }
  for (const { kind, category } of model.taxonomy) if (isKeyCategory(category)) also(kind, FEATURE)
  also('integration_installed', INTEGRATION)
  also('uninstall_integration', INTEGRATION)
  also('data_imported', COUNT)
  return reads
}
