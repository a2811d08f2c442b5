import { compareCodePoints } from '#lib/text'
import { HOUR_MS, type Instant } from '#lib/time'
import type { LoopedHour } from '#schema/cells'
import type { EventChunk, EventLog } from '#schema/event'
import { maskOf } from './copies.ts'
import { PairTally } from './pair-tally.ts'
import type { EventSurvey } from './survey.ts'
import type { KindTable } from './taxonomy.ts'

export type LoopInput = Readonly<{
  log: EventLog
  survey: Pick<EventSurvey, 'places' | 'losing' | 'suspects'>
  kinds: KindTable
  loopEvents: number
  asOf: Instant
}>

type UnitShare = { day: number; firstAt: Instant; count: number }
type Hour = { firstAt: Instant; lastAt: Instant; count: number; units: Map<number, UnitShare> }

/** What is asked of loops without counting anything. */
type KnownInput = Pick<LoopInput, 'log' | 'kinds' | 'loopEvents'> &
  Readonly<{
    /** Every looped hour of the whole log. */
    known: readonly Pick<LoopedHour, 'userId' | 'kind' | 'hour' | 'count'>[]
  }>

/** The (user, kind, UTC hour) with enough events to be a loop, and where those events lie. */
export class Loops {
  private readonly tally = new PairTally()
  private readonly hours = new Map<number, Hour>()
  private readonly input: Pick<LoopInput, 'log' | 'kinds' | 'loopEvents'>
  private readonly isAny: boolean

  /** Counts them over a whole log, or takes them as they were found before. */
  constructor(input: LoopInput | KnownInput) {
    this.input = input
    this.isAny = 'known' in input ? input.known.length > 0 : input.survey.suspects.any
    if (!this.isAny) return
    if ('known' in input) this.take(input)
    else for (const chunk of input.log.chunks()) this.count(input, chunk)
  }

  private take({ known, log, kinds }: KnownInput): void {
    const wanted = new Set(known.map(({ userId }) => userId))
    const codes = new Map(log.users.flatMap((id, code) => (wanted.has(id) ? [[id, code] as const] : [])))
    for (const { userId, kind, hour, count } of known) {
      const key = (codes.get(userId) ?? 0) * kinds.kinds.length + (kinds.codeOf.get(kind) ?? 0)
      this.tally.count[this.tally.add(key, Math.floor(hour / HOUR_MS) | 0)] = count
    }
  }

  /** Exact counts of what the survey suspects, over the events of known workspaces. */
  private count({ survey, kinds, asOf }: LoopInput, chunk: EventChunk): void {
    const mask = maskOf(survey.losing, chunk)
    const { kindOfName, workspaceOfCode, soleWorkspaceOfUser } = survey.places
    const { timestamp, name, workspace, user, count } = chunk
    for (let i = 0; i < count; i++) {
      // Columns have `count` values and codes lie within their dictionaries: the log's own promise.
      const at = timestamp[i] as number
      const who = user[i] as number
      const kind = kindOfName[name[i] as number] as number
      if (who === 0 || kind === 0 || at > asOf || (mask !== null && mask[i] === 1)) continue
      const code = workspace[i] as number
      const place = (code > 0 ? workspaceOfCode[code] : soleWorkspaceOfUser[who]) as number
      if (place >= 0 && survey.suspects.has(who, kind, at)) {
        this.tally.add(who * kinds.kinds.length + kind, Math.floor(at / HOUR_MS) | 0)
      }
    }
  }

  /** Number of the looped hour an event lies in, -1 where it is no loop. The event is one of a known workspace. */
  find(user: number, kind: number, at: Instant): number {
    if (!this.isAny || user === 0 || kind === 0) return -1
    const entry = this.tally.find(user * this.input.kinds.kinds.length + kind, Math.floor(at / HOUR_MS) | 0)
    return entry >= 0 && (this.tally.count[entry] as number) >= this.input.loopEvents ? entry : -1
  }

  /** Notes one looped event; `unit` -1 where its workspace is in no unit. */
  note(loop: number, at: Instant, unit: number, day: number): void {
    const hour = this.hours.get(loop) ?? { firstAt: at, lastAt: at, count: 0, units: new Map<number, UnitShare>() }
    this.hours.set(loop, hour)
    hour.count++
    hour.firstAt = Math.min(hour.firstAt, at)
    hour.lastAt = Math.max(hour.lastAt, at)
    if (unit < 0) return
    const share = hour.units.get(unit) ?? { day, firstAt: at, count: 0 }
    hour.units.set(unit, share)
    share.count++
    if (at < share.firstAt) {
      share.firstAt = at
      share.day = day
    }
  }

  /** User code and kind code of each looped hour, with its units. */
  *entries(): Iterable<Readonly<{ user: number; kind: number; hour: Hour }>> {
    const width = this.input.kinds.kinds.length
    for (const [entry, hour] of this.hours) {
      const key = this.tally.first[entry] as number
      yield { user: Math.floor(key / width), kind: key % width, hour }
    }
  }

  /** The looped hours, sorted by user, kind and hour. */
  list(): LoopedHour[] {
    const { log, kinds } = this.input
    const rows = [...this.entries()].map(({ user, kind, hour }) => ({
      userId: log.users[user] ?? '',
      kind: kinds.kinds[kind] ?? '',
      hour: Math.floor(hour.firstAt / HOUR_MS) * HOUR_MS,
      count: hour.count,
      firstAt: hour.firstAt,
      lastAt: hour.lastAt,
      units: [...hour.units].map(([unit, { day, count }]) => ({ unit, day, count })).sort((a, b) => a.unit - b.unit),
    }))
    return rows.sort(
      (a, b) => compareCodePoints(a.userId, b.userId) || compareCodePoints(a.kind, b.kind) || a.hour - b.hour,
    )
  }
}
