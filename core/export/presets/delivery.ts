import { formatDay } from '#lib/time'
import type { RoutedChannel } from '#schema/policy'
import type { TemplateId } from '../hand-off/default-templates.ts'
import { nextWorkingDay, type PayloadGround, payloadOf } from '../hand-off/payload.ts'
import { type ExportUnit, unitRow } from '../score-files.ts'
import type { ChannelHandOff, CrmRows, NoteHandOff, TaskHandOff } from './crm-file.ts'
import { DeliveryRecords, type Entry, type RecordGround } from './delivery-records.ts'
import { dealKey } from './generic.ts'
import {
  type HandOff,
  type HandOffGround,
  type HandOffParties,
  handOffOf,
  PartyCollector,
  TASK_CHANNELS,
  type TaskChannel,
} from './hand-off.ts'
import type { Step, StepFile } from './step-file.ts'

export type DeliveryGround = HandOffGround & RecordGround & Readonly<{ payload: PayloadGround }>

/** Text that each channel gets; channels without one are told by fields alone. */
const TEMPLATE_OF: Readonly<Partial<Record<RoutedChannel, TemplateId>>> = {
  sdr: 'sdr_task',
  sdr_light: 'sdr_task',
  ae_assist: 'sdr_task',
  csm: 'csm_note',
  lifecycle_email: 'lifecycle_email',
  nurture: 'lifecycle_email',
  in_app: 'in_app',
}

/**
 * An export of the units of a run for one CRM: first all units are collected, then each is taken, in the same order; what it adds to the
 * files is in `records`.
 *
 * Source: docs/methods/export.md, "Presets".
 */
export class Delivery {
  readonly records: DeliveryRecords
  coolingDown = 0
  units = 0
  private readonly ground: DeliveryGround
  private readonly collector: PartyCollector
  private parties: HandOffParties = { companies: new Map(), persons: new Map() }
  private readonly handOffs = new Map<string, HandOff>()
  private readonly seen = { company: new Set<string>(), person: new Set<string>(), user: new Set<string>() }

  constructor(ground: DeliveryGround) {
    this.ground = ground
    this.records = new DeliveryRecords(ground)
    this.collector = new PartyCollector(ground)
  }

  /** The first walk: companies and persons with their best unit. */
  collect(unit: ExportUnit): void {
    const handOff = handOffOf(unitRow(unit, this.ground.payload), this.ground)
    if (handOff !== null) this.handOffs.set(handOff.unitId, this.collector.add(handOff))
  }

  /** Between the walks. */
  collected(): void {
    this.parties = this.collector.finish()
  }

  /** The second walk. */
  take(exported: ExportUnit): void {
    const light = this.handOffs.get(exported.route.unitId)
    if (light === undefined) return
    const unit = { ...light, row: unitRow(exported, this.ground.payload) }
    this.units++
    const company = unit.accountId === null ? null : (this.parties.companies.get(unit.accountId) ?? null)
    const hasCompany = company !== null && this.takeOnce('company', company.accountId, company)
    const people = unit.people.flatMap(({ personId }) => this.parties.persons.get(personId) ?? [])
    const newPeople = people.filter(person => {
      const isWritten = this.takeOnce('person', person.personId, person)
      this.takeOnce('user', person.personId, person)
      return isWritten
    })
    const person = people.find(({ email }) => email !== null) ?? people[0] ?? null
    const both = { unit, person, company }
    const known = company?.known ?? []
    const hasWorkspace = this.records.add({
      object: 'workspace',
      key: unit.unitId,
      row: both,
      known,
      ...this.own(unit),
    })
    const isCooling = this.isCooling(unit)
    const step = {
      unit,
      company,
      hasCompany,
      people,
      newPeople,
      hasWorkspace,
      ...this.takeWork(both, isCooling),
      handOffs: this.handOffsOf(both).filter(row => {
        const key = this.episode(unit, row.channel)
        return this.records.add({ object: 'hand_off', key, row, known: [], unitId: unit.unitId, isCreating: true })
      }),
    }
    for (const file of this.ground.steps) this.addSteps(file, step)
  }

  private own(unit: HandOff): Readonly<{ unitId: string; isCreating: boolean }> {
    return { unitId: unit.unitId, isCreating: unit.isCreating }
  }

  /** The same stage of a unit for the same channel is one occasion, however often it is exported. */
  private episode(unit: HandOff, name: string): string {
    return `${unit.unitId}:${name}:${formatDay(unit.stageSinceDay)}`
  }

  private isCooling(unit: HandOff): boolean {
    const { ledger, options, payload } = this.ground
    const last = ledger.lastTaskDay(unit.unitId)
    return last !== null && payload.today - last < options.coolDownDays
  }

  private takeOnce<O extends 'company' | 'person' | 'user'>(object: O, key: string, row: CrmRows[O]): boolean {
    if (this.seen[object].has(key)) return false
    this.seen[object].add(key)
    return this.records.add({ object, key, row, known: row.known, unitId: row.best.unitId, isCreating: row.isCreating })
  }

  private takeWork(both: CrmRows['deal'], isCooling: boolean): Pick<Step, 'dealKey' | 'tasks' | 'notes'> {
    const { unit } = both
    const own = { known: [], ...this.own(unit) }
    const tasks = this.tasksOf(both).flatMap(task => {
      const key = this.episode(unit, task.channel)
      return this.addWork({ object: 'task', key, row: task, ...own }, isCooling) ? [[key, task] as const] : []
    })
    const key = dealKey(unit.unitId)
    const isDeal = unit.channels.includes('sdr') && this.addWork({ object: 'deal', key, row: both, ...own }, isCooling)
    const notes = this.notesOf(both).flatMap(note => {
      const noteKey = this.episode(unit, note.kind)
      return this.addWork({ object: 'note', key: noteKey, row: note, ...own }, isCooling)
        ? [[noteKey, note] as const]
        : []
    })
    return { dealKey: isDeal ? key : null, tasks, notes }
  }

  private tasksOf({ unit, person, company }: CrmRows['deal']): readonly TaskHandOff[] {
    const { payload } = this.ground
    const due = formatDay(nextWorkingDay(payload.today))
    if (!this.records.takes('task')) return []
    const isOwn = (channel: TaskChannel): boolean => unit.channels.includes(channel)
    return TASK_CHANNELS.filter(isOwn).map(channel => ({
      unit,
      channel,
      title: this.titleOf(unit, channel, company?.name ?? null),
      body: payloadOf(TEMPLATE_OF[channel] ?? 'sdr_task', unit, channel, payload),
      due,
      isUrgent: unit.stage === 'Hot PQL',
      person,
      company,
    }))
  }

  private notesOf({ unit, person, company }: CrmRows['deal']): readonly NoteHandOff[] {
    const channel = TASK_CHANNELS.find(own => unit.channels.includes(own))
    if (channel === undefined || !this.records.takes('note')) return []
    const { payload } = this.ground
    const name = company?.name ?? unit.name ?? unit.unitId
    return [
      { kind: 'milestones', title: `Milestones: ${name}`, template: 'milestone_note' },
      { kind: 'hand_off', title: `Hand-off: ${name}`, template: 'handoff_note' },
    ].map(({ kind, title, template }) => ({
      unit,
      kind: kind as NoteHandOff['kind'], // one of the two above
      title,
      body: payloadOf(template as TemplateId, unit, channel, payload),
      person,
      company,
    }))
  }

  private handOffsOf({ unit, person, company }: CrmRows['deal']): readonly ChannelHandOff[] {
    if (!this.records.has('hand_off')) return []
    const { payload } = this.ground
    return unit.channels.flatMap(channel => {
      const template = TEMPLATE_OF[channel]
      if (template === undefined) return []
      const isTask = TASK_CHANNELS.some(own => own === channel)
      const due = isTask ? formatDay(nextWorkingDay(payload.today)) : null
      const title = this.titleOf(unit, channel, company?.name ?? null)
      return [{ unit, channel, title, body: payloadOf(template, unit, channel, payload), due, person, company }]
    })
  }

  private titleOf(unit: HandOff, channel: RoutedChannel, account: string | null): string {
    const { play } = unit.row.route
    const kind = channel === 'csm' && play !== null ? `CSM, ${play}` : unit.stage
    return `${kind}: ${account ?? unit.name ?? unit.unitId} (${unit.score.toFixed(1)})`
  }

  private addWork<O extends 'task' | 'deal' | 'note'>(entry: Entry<O>, isCooling: boolean): boolean {
    const { ledger, options } = this.ground
    const isThere = ledger.find(entry.object, entry.key) !== undefined
    if (isCooling && !isThere && !options.again && this.records.has(entry.object)) {
      this.coolingDown++
      this.records.tell(entry, {
        kind: 'cooling_down',
        text: `a task was handed over less than ${options.coolDownDays} days ago`,
      })
      return false
    }
    return this.records.add(entry)
  }

  private addSteps(file: StepFile, step: Step): void {
    const source = { ...file, header: () => '', maxRows: Number.POSITIVE_INFINITY, maxBytes: Number.POSITIVE_INFINITY }
    for (const record of file.recordsOf(step)) this.records.writer.add(source, record, file.frame)
  }
}
