import type { Handlers } from '#contract/contract'
import { type Context, demandProject } from '../context.ts'
import { blockedValues, setValue } from '../review/blocked-values.ts'
import { domainPage, setDomain } from '../review/domains.ts'
import { keepLabels, labelSheet } from '../review/labels.ts'
import { openRoom } from '../review/open-room.ts'
import { proposeRules } from '../review/propose-rules.ts'
import { rulesOf, setRules } from '../review/rules.ts'
import { setWord, wordPage } from '../review/words.ts'

export const identityRuleHandlers: Pick<
  Handlers<Context>,
  `identity.${'rules' | 'setRules' | 'proposeRules' | 'domains' | 'setDomain' | 'values' | 'setValue' | 'words' | 'setWord' | 'labels' | 'label'}`
> = {
  'identity.rules': ctx => rulesOf(demandProject(ctx).project.db),

  'identity.setRules': (ctx, change) => setRules(demandProject(ctx).project.db, change, ctx.now()),

  'identity.proposeRules': async (ctx, _input, call) => {
    const room = await openRoom(ctx, call, true)
    return await ctx.jobs.run('a proposal of weights', call, async () => await proposeRules(room, ctx.jobOf(call)))
  },

  'identity.domains': async (ctx, wanted, call) => domainPage(await openRoom(ctx, call), wanted),

  'identity.setDomain': (ctx, wanted) => setDomain(demandProject(ctx).project.db, wanted, ctx.now()),

  'identity.values': ctx => ({ blocked: blockedValues(demandProject(ctx).project.db) }),

  'identity.setValue': (ctx, wanted) =>
    setValue(demandProject(ctx).project.db, { ...wanted, batch: ctx.newId(), now: ctx.now() }),

  'identity.words': (ctx, wanted) => wordPage(demandProject(ctx).project.db, wanted),

  'identity.setWord': (ctx, wanted) =>
    setWord(demandProject(ctx).project.db, { ...wanted, batch: ctx.newId(), now: ctx.now() }),

  'identity.labels': async (ctx, wanted, call) => labelSheet(await openRoom(ctx, call), wanted),

  'identity.label': async (ctx, { labels }, call) =>
    keepLabels(await openRoom(ctx, call), demandProject(ctx).project.db, { labels, now: ctx.now() }),
}
