import type { Handlers } from '#contract/contract'
import { type Context, demandProject } from '../context.ts'
import { workspaceCompanies } from '../review/companies-in.ts'
import { stepsOf } from '../review/decide.ts'
import { findRecords } from '../review/find-records.ts'
import { keepPin } from '../review/keep-pin.ts'
import { openRoom } from '../review/open-room.ts'
import { personPage } from '../review/person-page.ts'
import { setSourceOrder, sourceOrderOf } from '../review/source-order.ts'
import { splitPerson } from '../review/split-person.ts'

export const identityPersonHandlers: Pick<
  Handlers<Context>,
  `identity.${'person' | 'workspace' | 'pin' | 'sources' | 'setSources' | 'split' | 'find'}`
> = {
  'identity.person': async (ctx, { id }, call) => personPage(await openRoom(ctx, call, true), id),

  'identity.workspace': async (ctx, { id }, call) => workspaceCompanies(await openRoom(ctx, call, true), id),

  'identity.pin': async (ctx, wanted, call) => {
    const room = await openRoom(ctx, call, true)
    const { db } = demandProject(ctx).project
    const decisionNo = keepPin(room, db, { ...wanted, batch: ctx.newId(), now: ctx.now() })
    return { decisionNo, steps: stepsOf(db) }
  },

  'identity.sources': ctx => ({ order: [...sourceOrderOf(demandProject(ctx).project.db)] }),

  'identity.setSources': (ctx, { order }) =>
    setSourceOrder(demandProject(ctx).project.db, { order, batch: ctx.newId(), now: ctx.now() }),

  'identity.split': async (ctx, { users, note }, call) => {
    const room = await openRoom(ctx, call, true)
    const { db } = demandProject(ctx).project
    const done = splitPerson(room, db, { users, note, batch: ctx.newId(), now: ctx.now() })
    return { ...done, steps: stepsOf(db) }
  },

  'identity.find': (ctx, wanted) => findRecords(demandProject(ctx).project, wanted),
}
