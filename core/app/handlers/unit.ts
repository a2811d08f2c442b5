import type { Handlers, Output } from '#contract/contract'
import { kindTable } from '#features'
import { AppError } from '#lib/errors'
import { calendarOf } from '#lib/time'
import { type Readable, readImport, readUnit, type ScoreRun, scoreRows } from '#store'
import type { Context } from '../context.ts'
import { modelOfRun, policyOfRun } from '../judgement.ts'
import { keptPart } from '../run-parts.ts'
import type { SeenEvent } from '../stitched-events.ts'
import { unitEvents } from '../unit-events.ts'
import { type StoredUnit, unitView } from '../unit-view.ts'
import { demandRun } from './score.ts'

type EventView = Output<'score.events'>['events'][number]

/** Days of activity that a sparkline shows. */
const SHOWN_DAYS = 90

export const unitHandlers: Pick<Handlers<Context>, 'score.unit' | 'score.events' | 'score.activity'> = {
  'score.unit': (ctx, { unitId, level }) => {
    const { db, run } = demandRun(ctx, level)
    const unit = demandUnit(db, run, unitId)
    const [row] = scoreRows(db, run.runId, [unit.unitNo])
    if (row === undefined) throw new Error(`unit ${unitId} has no row in run ${run.runId}`)
    return unitView(db, { run, unit, row, model: modelOfRun(db, run), policy: policyOfRun(db, run) })
  },

  'score.events': (ctx, { unitId, limit, before, signal, level }) => {
    const { db, run } = demandRun(ctx, level)
    const unit = demandUnit(db, run, unitId)
    const model = modelOfRun(db, run)
    const kind = signal === null ? null : (model.signals.find(({ id }) => id === signal)?.kind ?? signal)
    const kindOf = kindReader(model)
    const persons = personsOf(unit)
    const files = new Map<number, string>()
    const view = (event: SeenEvent): EventView => ({
      position: event.position,
      at: event.timestamp,
      name: event.name,
      kind: kindOf(event.name),
      userId: event.user === '' ? null : event.user,
      personId: persons.get(event.user) ?? (event.user === '' ? null : event.user),
      ...(event.stitched === null ? {} : { stitched: event.stitched }),
      properties: event.properties,
      file: fileOf(db, files, event.importId),
      line: event.line,
    })
    const events: EventView[] = []
    for (const event of unitEvents(db, run, unit).behind(before, limit + 1)) {
      if (kind !== null && kindOf(event.name) !== kind) continue
      if (events.length === limit) return { events, nextBefore: events.at(-1)?.position ?? null }
      events.push(view(event))
    }
    return { events, nextBefore: null }
  },

  'score.activity': (ctx, { unitId, level }) => {
    const { db, run } = demandRun(ctx, level)
    const unit = demandUnit(db, run, unitId)
    const calendar = calendarOf(modelOfRun(db, run).timeZone)
    const today = calendar.dayOf(run.asOf)
    const firstDay = today - SHOWN_DAYS + 1
    const perDay = new Uint32Array(SHOWN_DAYS)
    const span = { from: calendar.startOf(firstDay), to: run.asOf }
    for (const at of unitEvents(db, run, unit).times(span)) {
      const day = calendar.dayOf(at) - firstDay
      perDay[day] = (perDay[day] ?? 0) + 1
    }
    return { firstDay, today, columns: { perDay } }
  },
}

/** @throws AppError score/unknown-unit */
export function demandUnit(db: Readable, run: ScoreRun, unitId: string): StoredUnit {
  const unit = readUnit(db, run.runId, unitId) ?? mergedUnit(db, run, unitId)
  if (unit === null)
    throw new AppError(
      'score/unknown-unit',
      `no ${run.level} ${unitId} in the newest scores; its id is wanted, as in scores.csv`,
      { unitId },
    )
  return unit
}

/** The unit that a workspace is part of, where it is no unit of its own. */
function mergedUnit(db: Readable, run: ScoreRun, workspaceId: string): StoredUnit | null {
  if (run.level !== 'workspace') return null
  const [name] = keptPart(db, run.runId, 'merged workspaces').find(group => group.includes(workspaceId)) ?? []
  return name === undefined ? null : readUnit(db, run.runId, name)
}

function kindReader(model: ReturnType<typeof modelOfRun>): (name: string) => string {
  const table = kindTable(model)
  const known = new Map<string, string>()
  return name => {
    const found = known.get(name) ?? table.kinds[table.codeOfName(name)] ?? ''
    known.set(name, found)
    return found
  }
}

function personsOf({ people }: StoredUnit): ReadonlyMap<string, string> {
  return new Map(people.flatMap(({ personId, userIds }) => userIds.map(user => [user, personId] as const)))
}

function fileOf(db: Readable, files: Map<number, string>, importId: number): string {
  const file = files.get(importId) ?? readImport(db, importId)?.file ?? ''
  files.set(importId, file)
  return file
}
