import type { TwoPersons } from '#schema/identity'
import { type Answers, keyOf, type Pair, type PersonsApart } from './answers.ts'
import type { Room } from './room.ts'

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

const linksIn = new WeakMap<Answers, ReadonlyMap<string, readonly string[]>>()

/** Users that answers join, who is who being found later than answers are given. */
function linksBetween(answers: Answers): ReadonlyMap<string, readonly string[]> {
  const known = linksIn.get(answers)
  if (known !== undefined) return known
  const links = new Map<string, string[]>()
  const link = (user: string, other: string): void => {
    const own = links.get(user)
    if (own === undefined) links.set(user, [other])
    else own.push(other)
  }
  for (const { pair, decision } of answers.decided.values()) {
    if (pair.question !== 'persons' || decision.answer !== 'same') continue
    link(pair.a, pair.b)
    link(pair.b, pair.a)
  }
  linksIn.set(answers, links)
  return links
}

/** Where two records were answered about before: what kept them apart by that answer counts no more once they are answered about again. */
export function withoutAnswer(apart: Answers['apart'], pair: Pair | null): Answers['apart'] {
  if (pair === null) return apart
  const key = keyOf(pair)
  return apart.flatMap(one => {
    if (one.key === key) return []
    if (!isBetween(one, pair)) return [one]
    const { a, b } = one.answered
    const isStaying = (user: string): boolean => user === a || user === b || (user !== pair.a && user !== pair.b)
    const [left, right] = one.sides
    return [{ ...one, sides: [new Set([...left].filter(isStaying)), new Set([...right].filter(isStaying))] as const }]
  })
}

function isBetween({ sides: [left, right] }: PersonsApart, { a, b }: Pair): boolean {
  return (left.has(a) && right.has(b)) || (left.has(b) && right.has(a))
}
