import { join } from 'node:path'
import type { Handlers, Output } from '#contract/contract'
import { personListFile } from '#export'
import { AppError } from '#lib/errors'
import type { Day } from '#lib/time'
import type { ScoringModel } from '#schema/model'
import type { ScoreLine } from '#schema/score'
import { dailyScores, nextSteps, ticksOf } from '#simulate'
import { listRuns, type Readable, readUnit, type ScoreRun } from '#store'
import { type Context, demandProject, targetOf } from '../context.ts'
import { modelOfRun } from '../judgement.ts'
import { writeFile } from '../output-file.ts'
import { scoreChanges } from '../score-changes.ts'
import { peoplePage, peopleRows } from '../score-people.ts'
import { openWorld } from '../unit-world.ts'
import { demandRun } from './score.ts'
import { demandUnit } from './unit.ts'

type Explained = Output<'score.explain'>

const SHOWN_DAYS = 90
const MOST_DAYS = 1100
const MOST_TICKS = 2000

export const scoreExplainHandlers: Pick<
  Handlers<Context>,
  `score.${'history' | 'changes' | 'explain' | 'people' | 'exportPeople'}`
> = {
  'score.history': (ctx, { unitId, level, from, to }) => {
    const { db, run } = demandRun(ctx, level)
    const world = openWorld(demandProject(ctx), run, demandUnit(db, run, unitId))
    const lastDay = to === undefined ? world.today : world.dayOf(to)
    const firstDay = from === undefined ? lastDay - SHOWN_DAYS + 1 : world.dayOf(from)
    checkRange({ firstDay, lastDay, today: world.today })
    return {
      firstDay,
      lastDay,
      stages: world.model.stages,
      ticks: ticksOf(world, firstDay, MOST_TICKS)
        .filter(({ day }) => day <= lastDay)
        .map(tick => ({ ...tick })),
      runs: keptScores(db, run, unitId),
      columns: { ...dailyScores(world, firstDay, lastDay) },
    }
  },

  'score.changes': (ctx, { unitId, level, since }) => {
    const { db, run } = demandRun(ctx, level)
    return scoreChanges(demandProject(ctx), run, demandUnit(db, run, unitId), since)
  },

  'score.explain': (ctx, { unitId, level }) => {
    const { db, run } = demandRun(ctx, level)
    const stored = demandUnit(db, run, unitId)
    const { unit, score } = stored.judged
    const model = modelOfRun(db, run)
    const threshold = model.stages.pql
    return {
      score: score.score,
      range: [...score.range],
      unknownRoles: unit.people.flatMap(({ personId, roleFactor, factorRange: [low, high], openRows = 0 }) =>
        low === high && openRows === 0 ? [] : [{ personId, factor: roleFactor, low, high }],
      ),
      isFitUnknown: unit.fit.source === 'unknown',
      lost: score.lines.flatMap(lossOf),
      curves: curvesOf(model),
      threshold,
      steps: stepsTo(ctx, run, stored, threshold),
    }
  },

  'score.exportPeople': async (ctx, { level, target, name, overwrite, ...wanted }, call) =>
    await ctx.jobs.run('a list of people', call, async () => {
      const { db, run } = demandRun(ctx, level)
      const job = ctx.jobOf(call)
      const rows = await peopleRows(db, run, wanted, job)
      const file = personListFile({ name, rows, asOf: run.asOf })
      return await writeFile(join(targetOf(ctx, target), name), file, { overwrite, job })
    }),

  'score.people': async (ctx, asked, call) => {
    const { db, run } = demandRun(ctx, asked.level)
    return await peoplePage(db, run, asked, ctx.jobOf(call))
  },
}

function stepsTo(ctx: Context, run: ScoreRun, stored: ReturnType<typeof demandUnit>, threshold: number) {
  const { db } = demandProject(ctx).project
  if (modelOfRun(db, run).checklist !== undefined) return []
  const world = openWorld(demandProject(ctx), run, stored)
  return nextSteps(world, world.today, threshold).map(step => ({ ...step }))
}

/** @throws AppError usage/bad-argument */
function checkRange({ firstDay, lastDay, today }: Readonly<{ firstDay: Day; lastDay: Day; today: Day }>): void {
  if (firstDay > lastDay || lastDay > today)
    throw new AppError('usage/bad-argument', 'the range must not be empty, and not end after the scores')
  if (lastDay - firstDay >= MOST_DAYS)
    throw new AppError('usage/bad-argument', `the range holds more than ${MOST_DAYS} days; choose a shorter one`)
}

/** What runs that are kept said of a unit, oldest first. */
function keptScores(db: Readable, { level }: ScoreRun, unitId: string): Output<'score.history'>['runs'] {
  const runs = listRuns(db).filter(run => run.level === level)
  const found = runs.flatMap(({ runId, asOf }) => {
    const score = readUnit(db, runId, unitId)?.judged.score
    return score === undefined ? [] : [{ runId, asOf, score: score.score, stage: score.stage }]
  })
  return found.sort((a, b) => a.asOf - b.asOf || a.runId - b.runId)
}

/** Points that a line lost on its way; lines of conditions, fit and clamp lose nothing but to bounds. */
function lossOf(line: ScoreLine): Explained['lost'] {
  if (line.signal === 'clamp') return []
  const { signal, bucket, personId, pointsBeforeCap, pointsAfterCap, pointsAfterDecay, roleFactor, finalPoints } = line
  const lost = {
    cap: pointsBeforeCap - pointsAfterCap,
    decay: pointsAfterCap - pointsAfterDecay,
    bucketBound: pointsAfterDecay * roleFactor - finalPoints,
  }
  return lost.cap === 0 && lost.decay === 0 && lost.bucketBound === 0 ? [] : [{ signal, bucket, personId, ...lost }]
}

/** The curve that each signal follows: its own, or its bucket's. */
function curvesOf({ signals, buckets }: ScoringModel): Explained['curves'] {
  return signals.map(({ id, bucket, curve: own, decayDays }) => {
    const curve = own ?? buckets[bucket].curve
    return { signal: id, curve, days: curve === 'none' ? null : (decayDays ?? buckets[bucket].decayDays ?? null) }
  })
}
