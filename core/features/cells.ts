import { invariant } from '#lib/errors'
import { finish, type Steps } from '#lib/steps'
import type { Calendar, Instant } from '#lib/time'
import type { CellBundle, Cells, LoopedHour, SetAside, SetAsidePositions, Slots, UnitFacts } from '#schema/cells'
import type { EventChunk, EventLog } from '#schema/event'
import type { ScoringModel } from '#schema/model'
import type { Unit } from '#schema/unit'
import { cellColumns } from './cell-columns.ts'
import { maskOf } from './copies.ts'
import { FactCollector } from './fact-collector.ts'
import { GrowingList } from './growing-list.ts'
import { Loops } from './loops.ts'
import { PairTally } from './pair-tally.ts'
import type { JudgedRoster } from './roster.ts'
import { layOutSlots, slotOf } from './slots.ts'
import type { EventSurvey } from './survey.ts'
import type { KindTable } from './taxonomy.ts'

/** Entries from which those of many short runs are put together, so that memory stays proportional to the cells. */
const MANY_ENTRIES = 1 << 22

export type CellInput = Readonly<{
  log: EventLog
  /** The first walk over the same log, with the same roster, kinds and asOf. */
  survey: EventSurvey
  roster: JudgedRoster
  kinds: KindTable
  model: Pick<ScoringModel, 'loop' | 'rollups' | 'taxonomy'>
  /** Sorted by id; their people hold everyone with an event in the unit. */
  units: readonly Unit[]
  /** user id -> index of the person, for every user of the log */
  personOfUser: ReadonlyMap<string, number>
  calendar: Calendar
  asOf: Instant
}>

/** Some units, and the part of the log that holds their events. */
export type PartInput = Omit<CellInput, 'survey'> &
  Readonly<{
    survey: Pick<EventSurvey, 'places' | 'losing' | 'presence'>
    /** The looped hours of the whole log: a part does not show them. */
    loops: readonly LoopedHour[]
  }>

/** What is judged, and where in the log lies what was set aside. */
export type BuiltCells = Readonly<{ bundle: CellBundle; setAsideAt: SetAsidePositions }>

/**
 * Second walk over the events: loops are taken out, the rest is counted.
 *
 *   cell(kind, unit, person, day) = number of events that are neither set aside nor looped
 *   event_loop                    = 1 per looped (user, kind, UTC hour) and unit, on the day of its earliest looped event there
 *   new_active_user               = 1 per (unit, person), on the day of the person's first event there
 *
 * A workspace in no unit (account level: a sandbox) has no cells, but its events count towards loops.
 *
 * @returns cells, what rollups need beside them, loops, and what was set aside; memory is proportional to the cells
 *
 * Source: docs/methods/score.md, "Cells" and "Loops".
 */
export function buildCells(input: CellInput): BuiltCells {
  return finish(cellSteps(input))
}

/** `buildCells`, halting after each chunk. */
export function* cellSteps(input: CellInput): Steps<BuiltCells> {
  const { survey, log, kinds, model, asOf } = input
  const builder = new CellBuilder(input, new Loops({ log, survey, kinds, loopEvents: model.loop.events, asOf }))
  yield* builder.walk()
  const { cells, facts } = builder.finish()
  const looped: SetAside[] = [{ eventId: '', reason: 'looped', count: builder.looped.length }]
  return {
    bundle: {
      cells,
      facts,
      presence: survey.presence,
      loops: builder.loops.list(),
      setAside: [...survey.setAside, ...looped.filter(row => row.count > 0)],
      unmappedNames: survey.unmappedNames,
    },
    setAsideAt: {
      no_workspace: survey.withoutWorkspace,
      unknown_workspace: survey.ofUnknownWorkspace,
      duplicate_id: survey.losing.positions,
      looped: builder.looped.toArray(),
    },
  }
}

/**
 * Cells of some units alone, equal to what `buildCells` gives of them.
 *
 * @param input its log holds at least the events of the units' workspaces, at their positions in the whole log; presence is of these
 *   workspaces
 * @returns a generator that halts after each chunk; loops of the whole log, told of the units that are given
 *
 * Source: docs/methods/simulate.md, "Who is who".
 */
export function* partCellSteps(input: PartInput): Steps<Pick<CellBundle, 'cells' | 'facts' | 'loops'>> {
  const { log, kinds, model, loops: known } = input
  const builder = new CellBuilder(input, new Loops({ log, kinds, loopEvents: model.loop.events, known }))
  yield* builder.walk()
  const { cells, facts } = builder.finish()
  const keyOf = ({ userId, kind, hour }: LoopedHour): string => JSON.stringify([userId, kind, hour])
  const own = new Map(builder.loops.list().map(loop => [keyOf(loop), loop.units]))
  return { cells, facts, loops: known.map(loop => ({ ...loop, units: own.get(keyOf(loop)) ?? [] })) }
}

class CellBuilder {
  readonly loops: Loops
  readonly looped = new GrowingList()
  private readonly input: Omit<PartInput, 'loops'>
  private tally = new PairTally()
  private roomy = MANY_ENTRIES
  private place = -1
  private readonly slots: Slots
  private readonly facts: FactCollector
  private readonly unitOfPlace: Int32Array
  private readonly personOfUser: Int32Array
  /** Workspace in which each user was last seen, and its slot there. */
  private readonly lastPlace: Int32Array
  private readonly lastSlot: Int32Array

  constructor(input: Omit<PartInput, 'loops'>, loops: Loops) {
    const { log, survey, kinds, model, roster, units } = input
    this.input = input
    this.loops = loops
    this.slots = layOutSlots(units)
    invariant(this.slots.unit.length * kinds.kinds.length < 2 ** 31, 'kinds times persons in units fit 31 bits')
    this.facts = new FactCollector(this.slots, units.length, kinds, model)
    this.unitOfPlace = unitsOfPlaces(roster, units)
    this.personOfUser = personsOfCodes(log, survey, input.personOfUser)
    this.lastPlace = new Int32Array(log.users.length).fill(-1)
    this.lastSlot = new Int32Array(log.users.length).fill(-1)
  }

  *walk(): Steps<void> {
    const { log, survey } = this.input
    for (const chunk of log.chunks()) {
      this.take(chunk, maskOf(survey.losing, chunk))
      yield
    }
  }

  private take(chunk: EventChunk, mask: Uint8Array | null): void {
    const { timestamp, name, workspace, user, count } = chunk
    const { kindOfName, workspaceOfCode, soleWorkspaceOfUser } = this.input.survey.places
    const { asOf } = this.input
    for (let i = 0; i < count; i++) {
      // Columns have `count` values and codes lie within their dictionaries: the log's own promise.
      const at = timestamp[i] as number
      if (at > asOf || (mask !== null && mask[i] === 1)) continue
      const code = workspace[i] as number
      const who = user[i] as number
      const place = (code > 0 ? workspaceOfCode[code] : soleWorkspaceOfUser[who]) as number
      if (place < 0) continue
      if (place !== this.place) this.startRun(place)
      const kind = kindOfName[name[i] as number] as number
      const loop = this.loops.find(who, kind, at)
      const slot = this.slotFor(place, who)
      if (loop >= 0) this.setLooped(loop, at, slot, chunk.base + i)
      else if (slot >= 0) this.count(kind, slot, at, chunk, i)
    }
  }

  /** The log is sorted by workspace, piece by piece: what follows has no cell in common with what came before it here. */
  private startRun(place: number): void {
    this.place = place
    if (this.tally.size > this.roomy) {
      this.tally = this.tally.merged()
      this.roomy = Math.max(MANY_ENTRIES, 2 * this.tally.size)
    }
    this.tally.startRun()
  }

  /** Slot of a user in a workspace's unit; -1 where the workspace is in no unit. */
  private slotFor(place: number, who: number): number {
    // Within range: codes and places were resolved by the survey.
    if (this.lastPlace[who] === place && who !== 0) return this.lastSlot[who] as number
    const unit = this.unitOfPlace[place] as number
    const slot = unit < 0 ? -1 : slotOf(this.slots, unit, this.personOfUser[who] as number)
    this.lastPlace[who] = place
    this.lastSlot[who] = slot
    return slot
  }

  private setLooped(loop: number, at: Instant, slot: number, position: number): void {
    const unit = slot < 0 ? -1 : (this.slots.unit[slot] as number)
    this.loops.note(loop, at, unit, this.input.calendar.dayOf(at))
    this.looped.push(position)
  }

  private count(kind: number, slot: number, at: Instant, chunk: EventChunk, i: number): void {
    const day = this.input.calendar.dayOf(at)
    this.tally.add(kind * this.slots.unit.length + slot, day)
    this.facts.take(kind, slot, at)
    if (this.facts.readsPropertiesOf(kind)) this.facts.takeProperties(kind, slot, day, chunk.properties, i)
  }

  finish(): Readonly<{ cells: Cells; facts: UnitFacts }> {
    const { kinds, calendar } = this.input
    const width = this.slots.unit.length
    // Derived kinds are in every kind table.
    const eventLoop = kinds.codeOf.get('event_loop') as number
    const newActiveUser = kinds.codeOf.get('new_active_user') as number
    this.tally.startRun()
    for (const { user, hour } of this.loops.entries()) {
      for (const [unit, { day, firstAt }] of hour.units) {
        const slot = slotOf(this.slots, unit, this.personOfUser[user] as number)
        this.tally.add(eventLoop * width + slot, day)
        this.facts.sawKind(eventLoop, unit, firstAt)
      }
    }
    for (const slot of this.facts.arrivedSlots()) {
      const at = this.facts.arrivalAt(slot)
      this.tally.add(newActiveUser * width + slot, calendar.dayOf(at))
      this.facts.sawKind(newActiveUser, this.slots.unit[slot] as number, at)
    }
    return { cells: cellColumns(this.tally, this.slots, kinds.kinds), facts: this.facts.finish() }
  }
}

/** Unit per workspace of the roster, -1 where it is in none. */
function unitsOfPlaces(roster: JudgedRoster, units: readonly Unit[]): Int32Array {
  const unitOfPlace = new Int32Array(roster.workspaces.length).fill(-1)
  for (const [u, { workspaceIds }] of units.entries()) {
    for (const id of workspaceIds) {
      const place = roster.workspaceIndex.get(id)
      invariant(place !== undefined, `unit workspace ${id} exists at asOf`)
      unitOfPlace[place] = u
    }
  }
  return unitOfPlace
}

/** Person per user code, -1 for nobody. Users of the log that have no event anywhere need none. */
function personsOfCodes(
  log: EventLog,
  survey: Pick<EventSurvey, 'presence'>,
  personOfUser: ReadonlyMap<string, number>,
): Int32Array {
  const persons = new Int32Array(log.users.length).fill(-1)
  for (const code of survey.presence.user) {
    if (persons[code] !== -1) continue
    const person = personOfUser.get(log.users[code] ?? '')
    invariant(person !== undefined, `user ${log.users[code]} has a person`)
    persons[code] = person
  }
  return persons
}
