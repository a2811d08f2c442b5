import type { Output } from '#contract/contract'
import { invariant } from '#lib/errors'
import { DESTINATIONS } from '#schema/policy'
import { STAGES } from '#score'
import { causeSteps, type Judge, type Judged, type MovedBy, type OtherWorld } from '#simulate'
import { type Readable, scoreRows } from '#store'
import { inTurns, type Job } from '../jobs.ts'
import { changeView } from './parameter-view.ts'
import type { Asked, Simulation } from './simulation.ts'
import { seenFromRun } from './world.ts'

type Page = Output<'simulate.movers'>
type Mover = Page['rows'][number]

/** A stretch of a list of units, and what of them moved. */
export type PageOf = Readonly<{ units: Uint32Array; by: MovedBy; offset: number; limit: number }>

/** Units of a list with what they come to and the one cause of each. Causes are worked out once per scenario. */
export async function moverPage(
  db: Readable,
  simulation: Simulation,
  asked: Asked,
  { page: { units, by, offset, limit }, job }: Readonly<{ page: PageOf; job: Job }>,
): Promise<Page> {
  const { simulator, base, run } = simulation
  asked.causes ??= await inTurns(causeSteps(simulator, simulator.base, asked.judge, otherWorld(asked)), job)
  const { causes } = asked
  const shown = [...units.subarray(offset, offset + limit)]
  const rows = shown.length === 0 ? [] : scoreRows(db, run.runId, shown)
  invariant(rows.length === shown.length, 'every unit of a run has a row')
  return {
    total: units.length,
    rows: rows.map(({ unitNo: u, unitId, unitName, accountName }): Mover => {
      const cause = causes(u, by)
      const [before, after] = [outcomeOf(base, u), outcomeOf(asked.judged, u)]
      return {
        unitNo: u,
        unitId,
        unitName,
        accountName,
        base: before,
        scenario: after,
        difference: after.score - before.score,
        cause: cause === null ? null : { ...changeView(cause.change), points: cause.points, isAlone: cause.isAlone },
      }
    }),
    nextOffset: offset + limit < units.length ? offset + limit : null,
  }
}

/** Who is who is one change, the first of all. */
function otherWorld({ world }: Asked): OtherWorld | null {
  const { told, simulator } = world
  if (told === null) return null
  const judging = { judge: (judge: Judge): Judged => seenFromRun(world, simulator.judge(judge)) }
  return {
    change: { id: 'identity', path: ['identity'], from: personsText(told.personsBase), to: personsText(told.persons) },
    judging,
  }
}

const personsText = (persons: number): string => `${persons} ${persons === 1 ? 'person' : 'persons'}`

/** What a unit comes to, by name. */
export function outcomeOf({ score, stage, destination }: Judged, u: number): Mover['base'] {
  return {
    score: score[u] ?? 0,
    stage: STAGES[stage[u] ?? 0] ?? 'Not PQL',
    destination: DESTINATIONS[destination[u] ?? 0] ?? 'none',
  }
}
