import type { Day } from '#lib/time'
import { csvRecord } from '../csv.ts'
import type { HarmlessCell } from '../export-file.ts'
import { CellScan } from './cell-scan.ts'
import type { CrmFile, CrmObject, CrmPreset, CrmRows } from './crm-file.ts'
import { type CrmRow, crmRow, harmlessCells, type RowFinding } from './crm-row.ts'
import type { PersonHandOff } from './hand-off.ts'
import { type GrowingFile, LINES, PartWriter } from './part-writer.ts'
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
  kind: RowFinding['kind'] | 'matched_twice' | 'same_key' | 'same_name' | 'foreign_id' | 'cooling_down'
  object: CrmObject
  key: string
  unitId: string
  /** The fact that it tells of this record, in the same words for all; missing: its kind says it. */
  about?: string
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

type Known = PersonHandOff['known']
const NO_IDS: ReadonlySet<string> = new Set()

/** A file of rows with the text that it becomes. */
type Sheet<O extends CrmObject> = Readonly<{ file: CrmFile<O>; text: GrowingFile }>

/** What is done with the records of an object. */
type Place<O extends CrmObject> = Readonly<{
  sheets: readonly Sheet<O>[]
  /** Those of records that the CRM is to make, and of those that it knows by their id. */
  ofNew: readonly Sheet<O>[]
  ofKnown: readonly Sheet<O>[]
  /** Some files take only some rows. */
  isPicky: boolean
  /** The CRM makes a new one of each row. */
  isOnce: boolean
  /** The preset has no use for them. */
  isIdle: boolean
}>

type Places = { readonly [O in CrmObject]: Place<O> }

/**
 * Judges records by what the CRM has and by what it was given before, and writes those that it is to get.
 *
 * Source: docs/methods/export.md, "Dry run".
 */
export class DeliveryRecords {
  readonly writer = new PartWriter()
  readonly counts = new Map<CrmObject, ObjectCounts>()
  private readonly ground: RecordGround
  private readonly places: Places
  private readonly scan = new CellScan()
  /** The key of the row that an id of the CRM has. */
  private readonly writtenAs = new Map<string, string>()

  constructor(ground: RecordGround) {
    this.ground = ground
    this.places = {
      company: this.placeOf('company'),
      person: this.placeOf('person'),
      user: this.placeOf('user'),
      workspace: this.placeOf('workspace'),
      deal: this.placeOf('deal'),
      task: this.placeOf('task'),
      note: this.placeOf('note'),
      hand_off: this.placeOf('hand_off'),
    }
  }

  /** @returns whether it is handed over */
  add<O extends CrmObject>(entry: Entry<O>): boolean {
    const { object, known } = entry
    if (!this.takes(object)) return false
    const ids = known.length === 0 ? NO_IDS : this.idsOf(object, known)
    if (ids.size > 1) {
      this.countsOf(object).matchedTwice++
      this.tell(entry, { kind: 'matched_twice', text: `the CRM has it as ${[...ids].join(' and ')}; merge them there` })
      return false
    }
    const [knownAs = null] = ids
    if (knownAs !== null && this.isTakenBy(entry, knownAs)) return false
    const isKnown = ids.size === 1 || this.isMatched(object, known)
    if (!entry.isCreating && !isKnown) {
      this.countsOf(object).notHandedOver++
      return false
    }
    const isWritten = this.write(entry, this.sheetsFor(entry, knownAs !== null), isKnown)
    if (isWritten && !isKnown) {
      this.tellForeign(entry)
      this.tellNamesakes(entry)
    }
    return isWritten
  }

  /** What the CRM has by the name of a company that counts as new there: nothing else says that the two are one. */
  private tellNamesakes<O extends CrmObject>(entry: Entry<O>): void {
    const { row, object, key } = entry
    if (!('namesakes' in row) || row.namesakes.length === 0) return
    // What was handed over before may be that account.
    if (this.ground.ledger.find(object, key)?.hasFailed === false) return
    const { title, preset, idOf } = this.ground.preset
    // A damaged id updates nothing; what came from the CRM's own file is there all the same.
    const isThere = (record: Known[number]): boolean =>
      idOf('company', record) !== null || (preset !== 'generic' && record.toldOf(preset).includes(record.otherId))
    const [first, ...others] = row.namesakes.filter(isThere).map(record => idOf('company', record) ?? record.otherId)
    if (first === undefined) return
    const more = others.length === 0 ? '' : ` and ${others.length} more`
    const text = `${title} has an account of that name, "${row.name}" (${first}${more}): where it is the same company, import its id as crm_id of this account, or its domain, else there are two`
    this.tell(entry, { kind: 'same_name', text })
  }

  /** An id of the imported data that is none of the CRM's, or that nothing says is. */
  private tellForeign(entry: Entry<CrmObject>): void {
    const { object, known } = entry
    if (object !== 'company' && object !== 'person') return
    const { preset } = this.ground
    const ids = known.flatMap(({ crmId, otherId }) => [crmId ?? '', otherId])
    const [unsaid] = ids.filter(id => preset.looksOwn(id, object))
    if (unsaid === undefined && known.every(({ crmId }) => crmId === null)) return
    if (unsaid === undefined) {
      const text = `the imported CRM data has it under an id that is none of ${preset.title}'s; it counts as new`
      this.tell(entry, { kind: 'foreign_id', text })
      return
    }
    const by = preset.isMatchedByContent ? ` and is matched by ${object === 'person' ? 'address' : 'domain'}` : ''
    const text = `nothing says that ${unsaid} is an id of ${preset.title}'s, so that it counts as new${by}; if it is one, import it as crm_id`
    this.tell(entry, { kind: 'foreign_id', about: 'an id that nothing says is of this CRM', text })
  }

  /** One record of the CRM is one row: another account of the same domain, or another person of the same contact, is held. */
  private isTakenBy<O extends CrmObject>(entry: Entry<O>, knownAs: string): boolean {
    const { object, key, row, known } = entry
    const { preset } = this.ground
    const { ofNew, ofKnown } = this.places[object]
    if (ofKnown === ofNew) return false
    const [own] = known
    // Joined with others it has the units of all.
    const isTwin = 'byDomain' in row && row.byDomain.units !== row.units && !preset.isOnePerDomain
    const isOfTwin = isTwin && own !== undefined && preset.idOf('company', own) === null
    const before = this.writtenAs.get(`${object} ${knownAs}`)
    if (!isOfTwin && before === undefined) {
      this.writtenAs.set(`${object} ${knownAs}`, key)
      return false
    }
    this.countsOf(object).held++
    const whose = before === undefined ? 'another account of its domain' : before
    this.tell(entry, {
      kind: 'same_key',
      text: `the CRM has it as ${knownAs}, which is ${whose}; one record takes one row`,
    })
    return true
  }

  /** Does the preset take records of an object? What no table holds may still be a step. */
  takes(object: CrmObject): boolean {
    return !this.places[object].isIdle
  }

  has(object: CrmObject): boolean {
    return this.places[object].sheets.length > 0
  }

  tell(
    { object, key, unitId }: Pick<Entry<CrmObject>, 'object' | 'key' | 'unitId'>,
    finding: Pick<DeliveryFinding, 'kind' | 'about' | 'text'>,
  ): void {
    this.ground.find({ object, key, unitId, ...finding })
  }

  private placeOf<O extends CrmObject>(object: O): Place<O> {
    const { preset, steps } = this.ground
    const files = preset.files.filter(file => file.object === object) as unknown as readonly CrmFile<O>[] // as it says
    const sheets = files.map(file => {
      const { name, maxRows, maxBytes, columns } = file
      const header = csvRecord(columns.map(column => column.name))
      return { file, text: this.writer.file({ name, ending: 'csv', header, frame: LINES, maxRows, maxBytes }) }
    })
    const isOnce = preset.once.includes(object)
    const taking = (wanted: 'create' | 'update') =>
      sheets.filter(({ file: { takes } }) => takes === 'any' || takes === wanted)
    const ofNew = taking('create')
    return {
      sheets,
      ofNew,
      ofKnown: files.some(({ takes }) => takes === 'update') ? taking('update') : ofNew,
      isPicky: files.some(({ isFor }) => isFor !== undefined),
      isOnce,
      isIdle: sheets.length === 0 && !(isOnce && steps.length > 0),
    }
  }

  private sheetsFor<O extends CrmObject>({ object, row }: Entry<O>, hasId: boolean): readonly Sheet<O>[] {
    const { ofNew, ofKnown, isPicky }: Place<O> = this.places[object]
    const sheets = hasId ? ofKnown : ofNew
    return isPicky ? sheets.filter(({ file }) => file.isFor?.(row) ?? true) : sheets
  }

  /** Is it there without an id of the CRM that it is found by: under its address, or as the user of a person that is there? */
  private isMatched(object: CrmObject, known: Known): boolean {
    const { isMatchedByContent, idOf } = this.ground.preset
    if (!isMatchedByContent) return false
    const isThere = (record: Known[number]): boolean =>
      record.crmId?.includes('@') === true || (object === 'user' && idOf('person', record) !== null)
    return known.some(isThere)
  }

  private idsOf(object: CrmObject, known: Known): ReadonlySet<string> {
    if (object !== 'company' && object !== 'person') return NO_IDS
    return new Set(known.flatMap(record => this.ground.preset.idOf(object, record) ?? []))
  }

  private write<O extends CrmObject>(entry: Entry<O>, sheets: readonly Sheet<O>[], isKnown: boolean): boolean {
    const { object, key, unitId, row } = entry
    const { isOnce } = this.places[object]
    const rows = sheets.map(({ file }) => crmRow(file, row, this.scan))
    const fingerprint = rows.length === 1 ? (rows[0]?.fingerprint ?? '') : rows.map(own => own.fingerprint).join('')
    const counts = this.countsOf(object)
    const before = this.ground.ledger.find(object, key)
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
    for (let i = 0; i < rows.length; i++) this.writeRow(sheets[i], rows[i], key)
    counts[isKnown || (isThere && !isOnce) ? 'update' : 'create']++
    this.ground.deliver({ object, key, unitId, fingerprint })
    return true
  }

  private writeRow<O extends CrmObject>(sheet: Sheet<O> | undefined, row: CrmRow | undefined, key: string): void {
    if (sheet === undefined || row === undefined || row.isHeld) return
    sheet.text.add(row.record, row.isAscii)
    if (row.harmless.length === 0) return
    for (const cell of harmlessCells(sheet.file.name, key, row.harmless)) this.ground.note(cell)
  }

  private isDone(isOnce: boolean, isSame: boolean): boolean {
    const { again, delta } = this.ground.options
    return !again && (isOnce || (delta && isSame))
  }

  private count<O extends CrmObject>(entry: Entry<O>, findings: readonly RowFinding[]): void {
    if (findings.length === 0) return
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
