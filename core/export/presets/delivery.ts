import { type Day, formatDay } from '#lib/time'
import type { RoutedChannel } from '#schema/policy'
import type { TemplateId } from '../hand-off/default-templates.ts'
import type { UnitTexts } from '../hand-off/unit-texts.ts'
import { nextWorkingDay } from '../hand-off/working-day.ts'
import { TASK_CHANNELS, type TaskChannel } from '../routing-files.ts'
import type { ChannelHandOff, CrmRows, NoteHandOff, TaskHandOff } from './crm-file.ts'
import { DeliveryRecords, type Entry, type RecordGround } from './delivery-records.ts'
import { dealKey } from './generic.ts'
import type { CompanyHandOff, HandOff, PersonHandOff } from './hand-off.ts'
import type { HandedUnit, HandOffs } from './hand-offs.ts'
import type { GrowingFile } from './part-writer.ts'
import type { Step, StepFile } from './step-file.ts'

/** What a delivery is made with; `handOffs` is whole. */
export type DeliveryGround = RecordGround & Readonly<{ handOffs: HandOffs; today: Day }>

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
 * An export of the units of a run for one CRM: each is taken, in the order of their ids; what it adds to the files is in `records`.
 *
 * Source: docs/methods/export.md, "Presets".
 */
export class Delivery {
  readonly records: DeliveryRecords
  coolingDown = 0
  units = 0
  private readonly ground: DeliveryGround
  private readonly steps: readonly Readonly<{ file: StepFile; text: GrowingFile }>[]
  /** Of each company, person and user, by place: it was taken with an earlier unit. */
  private readonly taken: Readonly<Record<'company' | 'person' | 'user', Uint8Array>>
  /** The last day that was written: most units have been in their stage since one of few. */
  private stageDay: Day | null = null
  private stageText = ''
  /** The day that tasks are due. */
  private readonly due: string

  constructor(ground: DeliveryGround) {
    this.ground = ground
    this.records = new DeliveryRecords(ground)
    const { companies, persons } = ground.handOffs.sizes
    this.taken = { company: new Uint8Array(companies), person: new Uint8Array(persons), user: new Uint8Array(persons) }
    this.due = formatDay(nextWorkingDay(ground.today))
    const whole = { header: '', maxRows: Number.POSITIVE_INFINITY, maxBytes: Number.POSITIVE_INFINITY }
    this.steps = ground.steps.map(file => ({ file, text: this.records.writer.file({ ...file, ...whole }) }))
  }

  take(handed: HandedUnit): void {
    const { unit } = handed
    const company = this.companyOf(handed)
    const people = this.peopleOf(handed)
    this.units++
    const hasCompany = company !== null && this.takeOnce('company', company.accountId, company)
    const newPeople = people.filter(person => {
      const isWritten = this.takeOnce('person', person.personId, person)
      this.takeOnce('user', person.personId, person)
      return isWritten
    })
    const person = people.find(({ email }) => email !== null) ?? people[0] ?? null
    const both = { unit, person, company }
    const known = company?.known ?? []
    const own = { known, unitId: unit.unitId, isCreating: unit.isCreating }
    const hasWorkspace = this.records.add({ object: 'workspace', key: unit.unitId, row: both, ...own })
    const work = this.takeWork(both, handed.texts)
    const handOffs = this.handOffsOf(both, handed.texts).filter(row => {
      const key = this.episode(unit, row.channel)
      return this.records.add({ object: 'hand_off', key, row, known: [], unitId: unit.unitId, isCreating: true })
    })
    if (this.steps.length === 0) return
    const step = { unit, company, hasCompany, people, newPeople, hasWorkspace, ...work, handOffs }
    for (const { file, text } of this.steps) for (const record of file.recordsOf(step)) text.add(record, false)
  }

  /** The company as the CRM has it; an account that goes with another one is told once. */
  private companyOf({ company, unit: { unitId } }: HandedUnit): CompanyHandOff | null {
    if (company === null || !this.ground.preset.isOnePerDomain || company.byDomain === company) return company
    const { byDomain: joined, accountId: key } = company
    if (key !== joined.accountId && this.taken.company[company.place] === 0) {
      this.taken.company[company.place] = 1
      const text = `${joined.domain} is the domain of ${joined.accountId} too, and there is one company per domain: its row is for both`
      this.records.tell({ object: 'company', key, unitId }, { kind: 'same_key', text })
    }
    return joined
  }

  /** People as the CRM has them, each once; who goes with somebody else is told once. */
  private peopleOf({ people, unit: { unitId } }: HandedUnit): readonly PersonHandOff[] {
    if (!this.ground.preset.isOnePerAddress || people.every(person => person.byEmail === person)) return people
    const joined = people.map(({ byEmail, personId: key, place }) => {
      if (key !== byEmail.personId && this.taken.person[place] === 0) {
        this.taken.person[place] = 1
        const text = `${byEmail.email} is the address of ${byEmail.personId} too, and there is one person per address: its row is for both`
        this.records.tell({ object: 'person', key, unitId }, { kind: 'same_key', text })
      }
      return byEmail
    })
    return [...new Set(joined)]
  }

  /** The same stage of a unit for the same channel is one occasion, however often it is exported. */
  private episode(unit: HandOff, name: string): string {
    const { stageSinceDay } = unit
    if (stageSinceDay !== this.stageDay) {
      this.stageDay = stageSinceDay
      this.stageText = formatDay(stageSinceDay)
    }
    return `${unit.unitId}:${name}:${this.stageText}`
  }

  private isCooling(unit: HandOff): boolean {
    const { ledger, options, today } = this.ground
    const last = ledger.lastTaskDay(unit.unitId)
    return last !== null && today - last < options.coolDownDays
  }

  private takeOnce<O extends 'company' | 'person' | 'user'>(object: O, key: string, row: CrmRows[O]): boolean {
    const taken = this.taken[object]
    if (taken[row.place] === 1) return false
    taken[row.place] = 1
    return this.records.add({ object, key, row, known: row.known, unitId: row.best.unitId, isCreating: row.isCreating })
  }

  private takeWork(both: CrmRows['deal'], texts: UnitTexts): Pick<Step, 'dealKey' | 'tasks' | 'notes'> {
    const { unit } = both
    const isCooling = this.isCooling(unit)
    const own = { known: [], unitId: unit.unitId, isCreating: unit.isCreating }
    const tasks = this.tasksOf(both, texts).flatMap(task => {
      const key = this.episode(unit, task.channel)
      return this.addWork({ object: 'task', key, row: task, ...own }, isCooling) ? [[key, task] as const] : []
    })
    const key = dealKey(unit.unitId)
    const isDeal = unit.channels.includes('sdr') && this.addWork({ object: 'deal', key, row: both, ...own }, isCooling)
    const notes = this.notesOf(both, texts).flatMap(note => {
      const noteKey = this.episode(unit, note.kind)
      return this.addWork({ object: 'note', key: noteKey, row: note, ...own }, isCooling)
        ? [[noteKey, note] as const]
        : []
    })
    return { dealKey: isDeal ? key : null, tasks, notes }
  }

  private tasksOf({ unit, person, company }: CrmRows['deal'], texts: UnitTexts): readonly TaskHandOff[] {
    if (!this.records.takes('task')) return []
    const isOwn = (channel: TaskChannel): boolean => unit.channels.includes(channel)
    return TASK_CHANNELS.filter(isOwn).map(channel => ({
      unit,
      channel,
      title: this.titleOf(unit, channel, company?.name ?? null),
      // Made when it is asked for: what a CRM refuses needs none.
      get body() {
        return texts.of(TEMPLATE_OF[channel] ?? 'sdr_task', channel)
      },
      due: this.due,
      isUrgent: unit.stage === 'Hot PQL',
      person,
      company,
    }))
  }

  private notesOf({ unit, person, company }: CrmRows['deal'], texts: UnitTexts): readonly NoteHandOff[] {
    const channel = TASK_CHANNELS.find(own => unit.channels.includes(own))
    if (channel === undefined || !this.records.takes('note')) return []
    const name = company?.name ?? unit.name ?? unit.unitId
    return [
      { kind: 'milestones', title: `Milestones: ${name}`, template: 'milestone_note' },
      { kind: 'hand_off', title: `Hand-off: ${name}`, template: 'handoff_note' },
    ].map(({ kind, title, template }) => ({
      unit,
      kind: kind as NoteHandOff['kind'], // one of the two above
      title,
      body: texts.of(template as TemplateId, channel),
      person,
      company,
    }))
  }

  private handOffsOf({ unit, person, company }: CrmRows['deal'], texts: UnitTexts): readonly ChannelHandOff[] {
    if (!this.records.has('hand_off')) return []
    return unit.channels.flatMap(channel => {
      const template = TEMPLATE_OF[channel]
      if (template === undefined) return []
      const isTask = TASK_CHANNELS.some(own => own === channel)
      const due = isTask ? this.due : null
      const title = this.titleOf(unit, channel, company?.name ?? null)
      return [{ unit, channel, title, body: texts.of(template, channel), due, person, company }]
    })
  }

  private titleOf(unit: HandOff, channel: RoutedChannel, account: string | null): string {
    const { play } = unit
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
}
