import type { Card } from '../../state/review-card.ts'
import { counted } from '../../ui/format.ts'

type Impact = NonNullable<Card['impact']>
type UnitState = Impact['before'][number]

/** What is shown of an impact; `left` says what is not, null for nothing. */
export type ShownSides = Pick<Impact, 'before' | 'after'> & Readonly<{ left: string | null }>

/** Workspaces up to which all are shown, changed or not. */
const MOST_ALL = 20
/** Changed workspaces that are shown of more. */
const MOST_CHANGED = 40

/** All workspaces where they are few; of many those that change, the largest change of score first. */
export function shownSides({ before, after, sentence }: Impact): ShownSides {
  if (before.length === 0) return { before, after, left: `${sentence}.` }
  if (before.length <= MOST_ALL) return { before, after, left: null }
  const now = new Map(after.map(unit => [unit.unitId, unit]))
  const changed = before
    .flatMap(one => {
      const then = now.get(one.unitId)
      return then === undefined || isSame(one, then) ? [] : [{ one, then, by: Math.abs(then.score - one.score) }]
    })
    .toSorted((x, y) => y.by - x.by)
  const shown = changed.slice(0, MOST_CHANGED)
  const same = before.length - changed.length
  const left = [
    ...(changed.length > shown.length
      ? [`${counted(changed.length - shown.length, 'further workspace')} that change less`]
      : []),
    ...(same > 0
      ? [`${counted(same, 'workspace')} that ${same === 1 ? 'stays' : 'stay'} as ${same === 1 ? 'it is' : 'they are'}`]
      : []),
  ]
  return {
    before: shown.map(({ one }) => one),
    after: shown.map(({ then }) => then),
    left: left.length === 0 ? null : `Not shown: ${left.join(', ')}.`,
  }
}

function isSame(one: UnitState, other: UnitState): boolean {
  return (
    one.score === other.score &&
    one.stage === other.stage &&
    one.destination === other.destination &&
    one.owner === other.owner
  )
}
