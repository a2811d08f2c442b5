import type { Handlers } from '#contract/contract'
import type { Writable } from '#store'
import { type Context, demandProject, sourceOf, targetOf } from '../context.ts'
import { inTurns } from '../jobs.ts'
import { writeFolder } from '../output-folder.ts'
import { readAnswers } from '../review/answer-file.ts'
import { cardOf } from '../review/card.ts'
import { countsOf } from '../review/counts.ts'
import { decide, historyOf, redoEntries, stepsOf, undoEntries } from '../review/decide.ts'
import { learnEffect } from '../review/exact-effects.ts'
import { identityFiles, identityManifest } from '../review/identity-files.ts'
import { quickImpact } from '../review/impact.ts'
import { workedImpact } from '../review/impact-job.ts'
import { inRoom } from '../review/in-room.ts'
import { loadAnswers } from '../review/load-answers.ts'
import { namedSteps } from '../review/named-answers.ts'
import { openRoom } from '../review/open-room.ts'
import { overviewOf } from '../review/overview.ts'
import { proposedRulesFile, proposeRules } from '../review/propose-rules.ts'
import { queueSteps } from '../review/queue.ts'
import { revert } from '../review/revert.ts'
import { settle } from '../review/settle.ts'
import { tieSentences } from '../review/tie-words.ts'
import { whyOf } from '../review/why.ts'

type Names =
  | 'identity.overview'
  | 'identity.why'
  | 'identity.export'
  | `review.${'queue' | 'card' | 'impact' | 'decide' | 'settle' | 'undo' | 'redo' | 'history' | 'load'}`

export const reviewHandlers: Pick<Handlers<Context>, Names> = {
  'identity.overview': async (ctx, _input, call) => overviewOf(await openRoom(ctx, call, true), stepsOf(dbOf(ctx))),

  'review.queue': async (ctx, wanted, call) => await inRoom(ctx, call, room => queueSteps(room, wanted)),

  'review.card': async (ctx, { pair }, call) => {
    const room = await openRoom(ctx, call)
    const judged = quickImpact(room, pair)
    learnEffect(room, pair, judged.impact)
    return cardOf(room, pair, judged)
  },

  'review.impact': async (ctx, { pair }, call) => await workedImpact(ctx, await openRoom(ctx, call), pair, call),

  'review.decide': async (ctx, { answers, dryRun }, call) => {
    const room = await openRoom(ctx, call)
    return decide(room, dbOf(ctx), answers, { isDry: dryRun, batch: ctx.newId(), now: ctx.now() })
  },

  'review.settle': async (ctx, wanted, call) => await settle(ctx, wanted, call),

  'review.undo': async (ctx, { decisionNo }, call) =>
    await revert(ctx, call, {
      name: 'taking answers back',
      entriesOf: db => undoEntries(db, decisionNo ?? null, ctx.now()),
    }),

  'review.redo': async (ctx, _input, call) =>
    await revert(ctx, call, { name: 'taking answers up again', entriesOf: db => redoEntries(db, ctx.now()) }),

  'review.history': (ctx, { offset, limit }) => {
    const db = dbOf(ctx)
    return { ...historyOf(db, { offset, limit }), steps: stepsOf(db) }
  },

  'review.load': async (ctx, { source, dryRun }, call) =>
    await ctx.jobs.run('loading answers', call, async () => {
      const job = ctx.jobOf(call)
      const db = dbOf(ctx)
      const file = await inTurns(namedSteps(db, await readAnswers(sourceOf(ctx, source), job)), job)
      const { rows, broken } = file
      if (rows === broken.length) return { rows, kept: 0, contradictions: [], broken: [...broken], steps: stepsOf(db) }
      const room = await openRoom(ctx, call, file.wishes.length > 0)
      return loadAnswers(room, db, file, { isDry: dryRun, batch: ctx.newId(), now: ctx.now() })
    }),

  'identity.export': async (ctx, { target, overwrite, proposeWeights }, call) => {
    const folder = targetOf(ctx, target)
    const room = await openRoom(ctx, call, true)
    return await ctx.jobs.run('an export', call, async () => {
      const job = ctx.jobOf(call)
      const proposed = proposeWeights ? [proposedRulesFile((await proposeRules(room, job)).proposals)] : []
      const written = await writeFolder(folder, [...identityFiles(room), ...proposed], {
        overwrite,
        job,
        last: outputs => identityManifest(room, outputs),
        record: () => undefined,
      })
      const files = written.map(({ name, rows }) => ({ name, rows }))
      return { folder, files, counts: countsOf(room), ties: tieSentences(room) }
    })
  },

  'identity.why': async (ctx, wanted, call) => whyOf(await openRoom(ctx, call, true), wanted),
}

function dbOf(ctx: Context): Writable {
  return demandProject(ctx).project.db
}
