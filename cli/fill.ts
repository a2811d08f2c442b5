import type { Input, Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { knownNames } from '#lib/known-names'
import type { Session } from './engine.ts'

type Target = Input<'simulate.solve'>['target']
type Policy = Output<'routing.policy'>['policy']
type Solution = Output<'simulate.solve'>

/** What is to be filled, and with how many new ones a week. */
export type Fill = Readonly<{ name: string; units: number }>
export type Filled = Fill & Readonly<{ target: Target; about: string; solution: Solution }>
type Imagined = Pick<Input<'simulate.solve'>, 'runId' | 'scenario' | 'model'>

const STAGES = ['warm', 'pql', 'hot'] as const

/** `sdr=40`: a stage, a rule or a channel, and how many a week. @throws AppError usage/bad-argument */
export function readFill(text: string): Fill {
  const [, name = '', units = ''] = /^(.+)=(\d{1,9})$/.exec(text.trim()) ?? []
  if (name !== '') return { name, units: Number(units) }
  throw new AppError(
    'usage/bad-argument',
    `--fill ${text} is no such thing as sdr=40: a stage, a rule or a channel, and how many new ones a week`,
    { option: '--fill', value: text },
  )
}

/** Thresholds that fill capacities, in the project that is open. */
export async function fillAll(
  { client }: Session,
  fills: readonly Fill[],
  imagined: Imagined,
): Promise<readonly Filled[]> {
  const { policy } = await client['routing.policy']({})
  const filled: Filled[] = []
  for (const fill of fills) {
    const { target, about } = targetOf(fill, policy)
    const goal = { kind: 'capacity' as const, units: fill.units }
    const { solved, blocked, current } = await client['simulate.solve']({ ...imagined, goal, target })
    filled.push({ ...fill, target, about, solution: { solved, blocked, current } })
  }
  return filled
}

type Named = Pick<Filled, 'target' | 'about'>

/** @throws AppError usage/bad-argument where nothing that asks for a score is called so, or several rules do */
function targetOf({ name }: Fill, { rules }: Policy): Named {
  const stage = STAGES.find(known => known === name.toLowerCase())
  if (stage !== undefined) return { target: { kind: 'stage', stage }, about: `the stage ${stage}` }
  const asking = rules.filter(({ all, any }) =>
    [...all, ...any].some(({ fact, op, value }) => fact === 'score' && op === '>=' && typeof value === 'number'),
  )
  const own = asking.filter(({ id, destination }) => id === name || destination === name)
  const [rule] = own.length === 1 ? own : own.filter(({ id }) => id === name)
  if (rule !== undefined)
    return {
      target: { kind: 'rule', ruleId: rule.id },
      about: `rule ${rule.id}, ${rule.title}, to ${rule.destination}`,
    }
  const context = { option: '--fill', value: name }
  if (own.length > 1) {
    const ids = own.map(({ id, title }) => `${id} (${title})`).join(', ')
    throw new AppError('usage/bad-argument', `several rules lead to ${name}; give the id of one: ${ids}`, context)
  }
  const known = [...STAGES, ...asking.map(({ destination }) => destination)]
  const ids = asking.map(({ id }) => id).join(', ')
  throw new AppError(
    'usage/bad-argument',
    `--fill ${name}: no stage, and no rule or channel that asks for a score from a figure on, is called so; ${knownNames(name, known)}; or the id of a rule: ${ids}`,
    context,
  )
}

/** The answer in words: the threshold, what it lets in, why not lower, and what holds now. */
export function fillText({ about, units, solution: { solved, blocked, current } }: Filled): string {
  const now = `Now, at ${current.threshold}: ${current.entrants} new a week, ${current.stock} in all.`
  const head = `${units} a week, ${about}:`
  if (solved === null) return `${head} even a threshold of 100 lets in more. ${now}`
  const { threshold, entrants, stock, next, tied } = solved
  const why =
    next === null
      ? `There are no more than ${entrants} a week: the capacity is never full.`
      : `The next lower threshold that brings more, ${next.threshold}, lets in ${next.entrants}${
          tied > 1 ? `: ${tied} share that score and come all or none` : ''
        }.`
  const room = blocked === null ? '' : ` ${blockedText(blocked)}`
  return `${head} ${threshold} lets in ${entrants} new a week, ${stock} in all.${room} ${why} ${now}`
}

/** Which stage would have to move before the threshold can be there, and what is the best as it stands. */
function blockedText({ side, stage, threshold, best }: NonNullable<Solution['blocked']>): string {
  const first = `It cannot be used as the stages stand, which rise: the ${side} threshold, ${stage} at ${threshold}, would have to move first.`
  return best === null
    ? `${first} No threshold that is allowed lets in so few.`
    : `${first} The best that is allowed is ${best.threshold}: ${best.entrants} new a week, ${best.stock} in all.`
}
