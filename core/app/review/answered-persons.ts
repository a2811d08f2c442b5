import { type Answers, keyOf, type Pair } from './answers.ts'
import type { Room } from './room.ts'

/** Users of two persons, as the two records are named that were answered about. */
export type TwoPersons = readonly [a: readonly string[], b: readonly string[]]

/**
 * All records of the two persons whose records are said to be two: what is said holds for the persons, whichever of these records stays.
 *
 * @returns null where the two are no users, or of one person, which only a split takes apart
 */
export function answeredPersons({ desk, answers }: Pick<Room, 'desk' | 'answers'>, pair: Pair): TwoPersons | null {
  if (pair.question !== 'persons') return null
  const { persons, personOfUser } = desk.found
  const recordsOf = (user: string): readonly string[] => persons[personOfUser.get(user) ?? -1]?.userIds ?? [user]
  const usersOf = (user: string): ReadonlySet<string> => {
    const found = new Set<string>([user])
    const links = linksBetween(answers)
    for (const own of found) for (const other of [...recordsOf(own), ...(links.get(own) ?? [])]) found.add(other)
    return found
  }
  const [left, right] = [usersOf(pair.a), usersOf(pair.b)]
  if (left.has(pair.b)) return null
  const there = (users: ReadonlySet<string>): string[] => [...users].filter(user => desk.rowOf.has(user))
  return [there(left), there(right)]
}

/** Users that answers join, who is who being found later than answers are given. */
function linksBetween({ decided }: Answers): ReadonlyMap<string, readonly string[]> {
  const links = new Map<string, string[]>()
  for (const { pair, decision } of decided.values()) {
    if (pair.question !== 'persons' || decision.answer !== 'same') continue
    links.set(pair.a, [...(links.get(pair.a) ?? []), pair.b])
    links.set(pair.b, [...(links.get(pair.b) ?? []), pair.a])
  }
  return links
}

/** Where two records were answered about before: `apart` by that answer counts no more once they are answered about again. */
export function withoutAnswer(apart: Answers['apart'], pair: Pair | null): Answers['apart'] {
  if (pair === null) return apart
  const key = keyOf(pair)
  const meant = new Set(apart.filter(one => keyOf(one.pair) === key).map(({ decisionNo }) => decisionNo))
  return apart.filter(one => {
    const { a, b } = one.answered
    if (keyOf(one.answered) === key) return false
    const isLeaving = [one.pair.a, one.pair.b].some(user => isOf(pair, user) && user !== a && user !== b)
    return !(meant.has(one.decisionNo) && isLeaving)
  })
}

function isOf({ a, b }: Pair, user: string): boolean {
  return user === a || user === b
}
