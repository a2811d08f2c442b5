import type { Call, Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { type Context, demandProject } from '../context.ts'
import type { Pair } from './answers.ts'
import { countsOf } from './counts.ts'
import { decide, stepsOf } from './decide.ts'
import { openRoom } from './open-room.ts'
import type { Room } from './room.ts'
import { TIED, type Tie, type TiedQuestion, tiesOf } from './ties.ts'

type Settled = Output<'review.settle'>
type Wanted = Readonly<{ accounts: readonly string[]; account: string }>

/**
 * Gives all that waits for one of several accounts to the one that is right. Who is who is found anew after each question, so that what
 * follows from the billing records, or from the workspaces, needs no answer of its own, and an answer rests on the evidence that it is left with.
 *
 * @throws AppError usage/bad-argument where nothing waits for these accounts, or the one chosen is none of them
 */
export async function settle(ctx: Context, { accounts, account }: Wanted, call: Call): Promise<Settled> {
  const [batch, now] = [ctx.newId(), ctx.now()]
  let room = await openRoom(ctx, call, true)
  const tie = tieOf(room, accounts)
  if (!tie.accountIds.includes(account))
    throw new AppError('usage/bad-argument', `${account} is none of ${tie.accountIds.join(', ')}: choose one of them`, {
      account,
    })
  let [kept, asked] = [0, 0]
  const contradictions: Settled['contradictions'] = []
  for (const question of TIED) {
    const open = stillOpen(room, question, { ids: tie.waiting[question], account })
    if (open.length === 0) continue
    const answers = open.map(id => ({ pair: pairOf(question, id, account), answer: 'same' as const }))
    const said = decide(room, demandProject(ctx).project.db, answers, { isDry: false, batch, now })
    kept += said.kept
    asked += open.length
    contradictions.push(...said.contradictions)
    room = await openRoom(ctx, call, true)
  }
  const waiting = TIED.reduce((sum, question) => sum + tie.waiting[question].length, 0)
  const steps = stepsOf(demandProject(ctx).project.db)
  return { state: room.state, kept, followed: waiting - asked, contradictions, counts: countsOf(room), steps }
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
function stillOpen({ desk: { found } }: Room, question: TiedQuestion, { ids, account }: Waiting): readonly string[] {
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
