import { byCodePoint, cell, type Exports, groupBy, type TextRow } from './tables.ts'
import type { Zone } from './zone.ts'

type World = Readonly<{ exports: Exports; zone: Zone; asOf: number }>

const NAMESPACES = ['anonymous_id', 'device_id'] as const
type Namespace = (typeof NAMESPACES)[number]
type Answer = Readonly<{ verdict: 'none' | 'silent' | 'against' | 'user'; user: string; id: string; login: number }>

const DAYS_30 = 30 * 86_400_000
/** What the generator writes where nothing is known. */
const PLACEHOLDERS = ['', '0', '-', 'null', 'anonymous']

/** Whose each event is: its own user, or who logs in next under its ids. `rows` are one per event id, all up to asOf. */
export function usersOfEvents(world: World, rows: readonly TextRow[]): ReadonlyMap<TextRow, string> {
  const anonymous = rows.filter(row => cell(row, 'user_id') === '')
  const answers = anonymous.map(row => NAMESPACES.map(namespace => answerFor(world, rows, row, namespace)))
  const kept = new Set(NAMESPACES.flatMap((_, place) => edgesWithin(answers, place)))
  const users = new Map(rows.map(row => [row, cell(row, 'user_id')]))
  for (const [i, row] of anonymous.entries()) {
    const own = (answers[i] ?? []).filter((one, place) => one.verdict !== 'user' || kept.has(edgeOf(one, place)))
    const given = new Set(own.filter(one => one.verdict === 'user').map(one => one.user))
    const [user = ''] = given
    users.set(row, given.size === 1 && own.every(one => one.verdict !== 'against') ? user : '')
  }
  return users
}

/** What the timeline of one id says of an event by nobody. */
function answerFor(world: World, rows: readonly TextRow[], event: TextRow, namespace: Namespace): Answer {
  const id = cell(event, namespace)
  const none: Answer = { verdict: 'none', user: '', id, login: 0 }
  if (PLACEHOLDERS.includes(id)) return none
  const at = timeOf(world, cell(event, 'timestamp'))
  const holders = world.exports.users.filter(row => cell(row, namespace) === id && existsAt(world, row))
  const logins = [
    ...rows
      .filter(row => cell(row, namespace) === id && cell(row, 'user_id') !== '')
      .map(row => ({ user: cell(row, 'user_id'), at: timeOf(world, cell(row, 'timestamp')) })),
    ...holders
      .filter(row => namespace === 'anonymous_id' && cell(row, 'created_at').includes(':'))
      .map(row => ({ user: cell(row, 'user_id'), at: timeOf(world, cell(row, 'created_at')) })),
  ]
  const login = Math.min(...logins.filter(one => one.at >= at).map(one => one.at))
  if (login === Number.POSITIVE_INFINITY) return { ...none, verdict: 'silent' }
  const next = logins.filter(one => one.at === login).map(one => one.user)
  const before = logins.filter(one => one.at < at).map(one => one.user)
  const people = new Set([...next, ...before, ...holders.map(row => cell(row, 'user_id'))])
  if (people.size > 1) return { ...none, verdict: 'against' }
  return login - at > DAYS_30 ? { ...none, verdict: 'silent' } : { verdict: 'user', user: next[0] ?? '', id, login }
}

const edgeOf = ({ user, id }: Answer, place: number): string => JSON.stringify([place, user, id])

/** Ids of one namespace under which users get events: of each user the twenty with the earliest logins. */
function edgesWithin(answers: readonly (readonly Answer[])[], place: number): readonly string[] {
  const given = answers.flatMap(own => own[place] ?? []).filter(one => one.verdict === 'user')
  return [...groupBy(given, one => one.user).values()].flatMap(own => {
    const first = [...groupBy(own, one => one.id).values()].map(same =>
      same.reduce((a, b) => (b.login < a.login ? b : a)),
    )
    first.sort((a, b) => a.login - b.login || byCodePoint(a.id, b.id))
    return first.slice(0, 20).map(one => edgeOf(one, place))
  })
}

const timeOf = (world: World, text: string): number => world.zone.read(text)?.ms ?? Number.NaN

const existsAt = (world: World, row: TextRow): boolean => !(timeOf(world, cell(row, 'created_at')) > world.asOf)
