import type { Output } from '#contract/contract'
import type { Destination } from '#schema/policy'
import type { Pair } from './answers.ts'

type UnitState = NonNullable<Output<'review.card'>['impact']>['before'][number]

const DESTINATION_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    sdr: 'SDR',
    csm: 'CSM',
    lifecycle_email: 'lifecycle email',
    in_app: 'in-app',
    nurture: 'nurture',
    customer: 'customer',
    review: 'review',
    none: 'not routed',
  } satisfies Record<Destination, string>),
)

/** Workspaces up to which each of them is told. */
const MOST_TOLD = 6

/** What an answer would do, in one sentence. */
export function impactSentence({ question }: Pair, before: readonly UnitState[], after: readonly UnitState[]): string {
  if (question === 'workspaces') {
    const units = `${before.length === 1 ? 'One workspace becomes' : `${before.length} workspaces become`} ${after.length}`
    return [units, ...movesOf(before, after)].join('; ')
  }
  const changed = before.filter((one, i) => {
    const now = after[i]
    const isRouted = now?.destination === one.destination && now.owner === one.owner
    return now?.score !== one.score || now.stage !== one.stage || !isRouted
  })
  if (changed.length === 0)
    return `It concerns ${before.length === 1 ? 'one workspace' : `${before.length} workspaces`}; no score, stage, route or owner changes`
  const same = new Set(changed.map(({ unitId }) => unitId))
  const now = after.filter(({ unitId }) => same.has(unitId))
  const moves = changed.length > MOST_TOLD ? tallyOf(changed, now) : movesOf(changed, now)
  return [changeOf(changed.length, before.length), ...moves].join('; ')
}

/** Of many workspaces, in one order: by how much scores move, and how many get another stage or route. */
function tallyOf(before: readonly UnitState[], after: readonly UnitState[]): string[] {
  const moves = before.map(({ score }, i) => (after[i]?.score ?? score) - score)
  const [up, down] = [Math.max(0, ...moves), Math.min(0, ...moves)]
  const others = (read: (state: UnitState) => string): number =>
    before.filter((one, i) => read(one) !== read(after[i] ?? one)).length
  return [
    `scores by ${down.toFixed(1).replace('-', '\u2212')} to +${up.toFixed(1)}`,
    `another stage for ${others(({ stage }) => stage)}`,
    `another route for ${others(({ destination }) => destination)}`,
    `another owner for ${others(({ owner }) => owner ?? '')}`,
  ]
}

function changeOf(changed: number, touched: number): string {
  if (touched === 1) return 'One workspace changes'
  if (changed === touched) return `All ${touched} workspaces that it concerns change`
  return `${changed} of ${touched} workspaces ${changed === 1 ? 'changes' : 'change'}`
}

/** Score, stage and route before and after; what stays is said without an arrow, an owner that stays not at all. */
function movesOf(before: readonly UnitState[], after: readonly UnitState[]): string[] {
  const scores = (states: readonly UnitState[]): string => states.map(({ score }) => score.toFixed(1)).join(' and ')
  const stages = (states: readonly UnitState[]): string =>
    [...new Set(states.map(({ stage }) => stage.replaceAll('_', ' ')))].join(' and ')
  const routes = (states: readonly UnitState[]): string =>
    [...new Set(states.map(({ destination }) => DESTINATION_WORDS.get(destination) ?? destination))].join(' and ')
  const owners = (states: readonly UnitState[]): string =>
    [...new Set(states.map(({ owner }) => owner ?? 'nobody'))].join(' and ')
  const told = [['score', scores] as const, ['stage', stages] as const, ['route', routes] as const].map(
    ([name, read]) => {
      const [from, to] = [read(before), read(after)]
      return from === to ? `${name} stays ${to}` : `${name} ${from} → ${to}`
    },
  )
  const [from, to] = [owners(before), owners(after)]
  return from === to ? told : [...told, `owner ${from} → ${to}`]
}
