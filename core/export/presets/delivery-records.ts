import type { Day } from '#lib/time'
import { csvRecord } from '../csv.ts'
import type { HarmlessCell } from '../export-file.ts'
import type { CrmFile, CrmObject, CrmPreset, CrmRows } from './crm-file.ts'
import { type CrmRow, crmRow, harmlessCells, type RowFinding } from './crm-row.ts'
import type { PersonHandOff } from './hand-off.ts'
import { PartWriter } from './part-writer.ts'
import type { StepFile } from './step-file.ts'

/** What was handed over before. */
export type LedgerEntry = Readonly<{ fingerprint: string; hasFailed: boolean }>
export type Ledger = Readonly<{
  find(object: CrmObject, key: string): LedgerEntry | undefined
  /** The last time that somebody got a task for a unit; null: never. */
  lastTaskDay(unitId: string): Day | null
}>

/** A record that is handed over now. */
export type Delivered = Readonly<{ object: CrmObject; key: string; unitId: string; fingerprint: string }>

export type DeliveryOptions = Readonly<{
  /** Only what changed since the last export of the preset. */
  delta: boolean
  /** Also what an import would double: tasks, deals and notes that were handed over before. */
  again: boolean
  /** Days in which nobody gets a second task for a unit. */
  coolDownDays: number
}>

/** What becomes of the records of an object. */
export type ObjectCounts = {
  create: number
  update: number
  unchanged: number
  /** They lack what the CRM asks for. */
  held: number
  matchedTwice: number
  withoutOwner: number
  overLimit: number
  unknownOption: number
  /** New to the CRM, and nobody is to work them: they are not made there. */
  notHandedOver: number
}

/** Something that a person should see before it is handed over. */
export type DeliveryFinding = Readonly<{
  kind: RowFinding['kind'] | 'matched_twice' | 'cooling_down'
  object: CrmObject
  key: string
  unitId: string
  text: string
}>

export type RecordGround = Readonly<{
  preset: CrmPreset
  steps: readonly StepFile[]
  ledger: Ledger
  options: DeliveryOptions
  note(cell: HarmlessCell): void
  deliver(record: Delivered): void
  find(finding: DeliveryFinding): void
}>

/** A record as it comes. */
export type Entry<O extends CrmObject> = Readonly<{
  object: O
  key: string
  unitId: string
  row: CrmRows[O]
  /** The CRM is to get it where it does not have it. */
  isCreating: boolean
  known: PersonHandOff['known']
}>

/**
 * Judges records by what the CRM has and by what it was given before, and writes those that it is to get.
 *
 * Source: docs/methods/export.md, "Dry run".
 */
export class DeliveryRecords {
  readonly writer = new PartWriter()
  readonly counts = new Map<CrmObject, ObjectCounts>()
  private readonly ground: RecordGround

  constructor(ground: RecordGround) {
    this.ground = ground
  }

  /** @returns whether it is handed over */
  add<O extends CrmObject>(entry: Entry<O>): boolean {
    if (!this.takes(entry.object)) return false
    const { preset } = this.ground
    const ids = new Set(this.idsOf(entry))
    if (ids.size > 1) {
      this.countsOf(entry.object).matchedTwice++
      this.tell(entry, { kind: 'matched_twice', text: `the CRM has it as ${[...ids].join(' and ')}; merge them there` })
      return false
    }
    const isMatched = preset.isMatchedByContent && entry.known.some(({ crmId }) => crmId !== null)
    const isKnown = ids.size === 1 || isMatched
    if (!entry.isCreating && !isKnown) {
      this.countsOf(entry.object).notHandedOver++
      return false
    }
    return this.write(entry, this.filesFor(entry, ids.size === 1), isKnown)
  }

  /** Does the preset take records of an object? What no table holds may still be a step. */
  takes(object: CrmObject): boolean {
    const { preset, steps } = this.ground
    return this.has(object) || (steps.length > 0 && preset.once.includes(object))
  }

  has(object: CrmObject): boolean {
    return this.ground.preset.files.some(file => file.object === object)
  }

  tell<O extends CrmObject>({ object, key, unitId }: Entry<O>, finding: Pick<DeliveryFinding, 'kind' | 'text'>): void {
    this.ground.find({ object, key, unitId, ...finding })
  }

  private filesFor<O extends CrmObject>({ object, row }: Entry<O>, hasId: boolean): readonly CrmFile<O>[] {
    const own = this.ground.preset.files.filter(file => file.object === object) as unknown as readonly CrmFile<O>[] // as it says
    const wanted = hasId && own.some(({ takes }) => takes === 'update') ? 'update' : 'create'
    return own.filter(file => (file.takes === 'any' || file.takes === wanted) && (file.isFor?.(row) ?? true))
  }

  private idsOf<O extends CrmObject>({ object, known }: Entry<O>): readonly string[] {
    if (object !== 'company' && object !== 'person') return []
    return known.flatMap(record => this.ground.preset.idOf(object, record) ?? [])
  }

  private write<O extends CrmObject>(entry: Entry<O>, files: readonly CrmFile<O>[], isKnown: boolean): boolean {
    const { ledger } = this.ground
    const { object, key, unitId } = entry
    const isOnce = this.ground.preset.once.includes(object)
    const rows = files.map(file => crmRow(file, entry.row))
    const fingerprint = rows.map(row => row.fingerprint).join('')
    const counts = this.countsOf(object)
    const before = ledger.find(object, key)
    const isThere = before !== undefined && !before.hasFailed
    if (isThere && this.isDone(isOnce, before.fingerprint === fingerprint)) {
      counts.unchanged++
      return false
    }
    this.count(entry, rows[0]?.findings ?? [])
    if (rows.length > 0 && rows.every(({ isHeld }) => isHeld)) {
      counts.held++
      return false
    }
    for (const [i, file] of files.entries()) this.writeRow(file, rows[i], key)
    counts[isKnown || (isThere && !isOnce) ? 'update' : 'create']++
    this.ground.deliver({ object, key, unitId, fingerprint })
    return true
  }

  private isDone(isOnce: boolean, isSame: boolean): boolean {
    const { again, delta } = this.ground.options
    return !again && (isOnce || (delta && isSame))
  }

  private writeRow<O extends CrmObject>(file: CrmFile<O>, row: CrmRow | undefined, key: string): void {
    if (row === undefined || row.isHeld) return
    const { name, maxRows, maxBytes } = file
    const header = (): string => csvRecord(file.columns.map(column => column.name))
    this.writer.addRow({ name, maxRows, maxBytes, ending: 'csv', header }, row.cells)
    if (row.harmless.length === 0) return
    for (const cell of harmlessCells(file.name, key, row.harmless)) this.ground.note(cell)
  }

  private count<O extends CrmObject>(entry: Entry<O>, findings: readonly RowFinding[]): void {
    const counts = this.countsOf(entry.object)
    const has = (kind: RowFinding['kind']): number => (findings.some(finding => finding.kind === kind) ? 1 : 0)
    counts.withoutOwner += has('without_owner')
    counts.overLimit += has('over_limit')
    counts.unknownOption += has('unknown_option')
    for (const finding of findings) this.tell(entry, finding)
  }

  private countsOf(object: CrmObject): ObjectCounts {
    const known = this.counts.get(object)
    if (known !== undefined) return known
    const fresh: ObjectCounts = {
      create: 0,
      update: 0,
      unchanged: 0,
      held: 0,
      matchedTwice: 0,
      withoutOwner: 0,
      overLimit: 0,
      unknownOption: 0,
      notHandedOver: 0,
    }
    this.counts.set(object, fresh)
    return fresh
  }
}
