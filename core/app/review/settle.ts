import type { Call, Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import type { NewDecision, Writable } from '#store'
import type { Context } from '../context.ts'
import { inTurns, type Job } from '../jobs.ts'
import type { Pair } from './answers.ts'
import { countsOf } from './counts.ts'
import { entryOf, judgeAnswers, stepsOf } from './decide.ts'
import { type Desk, imaginedDesk } from './desk.ts'
import { keepFound } from './keep-found.ts'
import { openRoom } from './open-room.ts'
import { indexSteps, type Room, roomOf } from './room.ts'
import { TIED, type Tie, type TiedQuestion, tiesOf } from './ties.ts'

type Settled = Output<'review.settle'>
type Wanted = Readonly<{ accounts: readonly string[]; account: string }>

/** Answers that were found, with how many records they are about; none of them is kept. */
type Plan = Readonly<{
  further: readonly NewDecision[]
  contradictions: Settled['contradictions']
  asked: number
  waiting: number
  desk: Desk
}>

/**
 * Gives all that waits for one of several accounts to the one that is right. Who is who is found anew after each question, so that what
 * follows from the billing records, or from the workspaces, needs no answer of its own, and an answer rests on the evidence that it is left with.
 * All answers are found before the first is kept: there are all of them, or none.
 *
 * @throws AppError usage/bad-argument where nothing waits for these accounts, or the one chosen is none of them; run/cancelled
 */
export async function settle(ctx: Context, wanted: Wanted, call: Call): Promise<Settled> {
  const terms = { batch: ctx.newId(), now: ctx.now() }
  return await keepFound(ctx, call, {
    name: 'an answer about several accounts',
    find: async (db, job) => await answersOf(await openRoom(ctx, call, true), wanted, { ...terms, db, job }),
    tell: (db, room, { further, contradictions, asked, waiting }) => ({
      state: room.state,
      kept: further.length,
      followed: waiting - asked,
      contradictions,
      counts: countsOf(room),
      steps: stepsOf(db),
    }),
  })
}

type Terms = Readonly<{ batch: string; now: number; db: Writable; job: Job }>

/** The answers to all questions, each found over those before it as if these were kept. */
async function answersOf(before: Room, { accounts, account }: Wanted, { db, job, ...terms }: Terms): Promise<Plan> {
  const tie = tieOf(before, accounts)
  if (!tie.accountIds.includes(account))
    throw new AppError('usage/bad-argument', `${account} is none of ${tie.accountIds.join(', ')}: choose one of them`, {
      account,
    })
  const further: NewDecision[] = []
  const contradictions: Settled['contradictions'] = []
  let [desk, asked] = [before.desk, 0]
  for (const question of TIED) {
    const open = stillOpen(desk, question, { ids: tie.waiting[question], account })
    if (open.length === 0) continue
    const answers = open.map(id => ({ pair: pairOf(question, id, account), answer: 'same' as const }))
    await inTurns(indexSteps(desk), job)
    const room = roomOf(db, desk, further)
    const judged = judgeAnswers(room, answers)
    further.push(...judged.kept.flatMap(answer => (answer === null ? [] : entryOf(room, answer, terms))))
    contradictions.push(...judged.contradictions)
    asked += open.length
    desk = await imaginedDesk(db, further, job)
  }
  const waiting = TIED.reduce((sum, question) => sum + tie.waiting[question].length, 0)
  return { further, contradictions, asked, waiting, desk }
}

function tieOf(room: Room, accounts: readonly string[]): Tie {
  const wanted = new Set(accounts)
  const found = tiesOf(room).list.find(
    ({ accountIds }) => accountIds.length === wanted.size && accountIds.every(id => wanted.has(id)),
  )
  if (found !== undefined) return found
  const message = `nothing waits for which of ${[...wanted].join(', ')} is right any more: it was answered, or the data have changed`
  throw new AppError('usage/bad-argument', message, { accounts: [...wanted].join(', ') })
}

type Waiting = Readonly<{ ids: readonly string[]; account: string }>

/** Records that still are not of the account. */
function stillOpen({ found }: Desk, question: TiedQuestion, { ids, account }: Waiting): readonly string[] {
  if (question === 'companies') return ids.filter(id => found.companies.standing(id) !== account)
  if (question === 'accounts') return ids.filter(id => found.accountOfWorkspace.get(id) !== account)
  const wanted = new Set(ids)
  return found.signups
    .filter(({ userId, status, candidates }) => {
      const isSettled = status !== 'ambiguous' && candidates[0]?.accountId === account
      return wanted.has(userId) && !isSettled
    })
    .map(({ userId }) => userId)
}

function pairOf(question: TiedQuestion, id: string, account: string): Pair {
  return question === 'companies' ? { question, a: account, b: id } : { question, a: id, b: account }
}
