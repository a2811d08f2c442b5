import type { Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { addDecision, type NaturalKey, type Writable } from '#store'
import { keyOf, type Pair } from './answers.ts'
import { LinkGraph, sayIn } from './contradictions.ts'
import type { Room } from './room.ts'

type Split = Omit<Output<'identity.split'>, 'steps'>
type Wanted = Readonly<{
  users: readonly string[]
  note?: string | undefined
  batch: string
  now: number
  isDry?: boolean
}>

/** Takes users out of their person for good. @throws AppError usage/bad-argument where they are not some of one person's users */
export function splitPerson(room: Room, db: Writable, { users, note, batch, now, isDry = false }: Wanted): Split {
  const taken = [...new Set(users)]
  const stayed = stayingUsers(room, taken)
  const contradictions = contradictionsWith(room, taken, stayed)
  if (contradictions.length > 0 || isDry) return { decisionNo: null, contradictions }
  const subject = [...taken, ...stayed].map((key): NaturalKey => ({ source: 'users', object: 'user', key }))
  const said = note === undefined || note.trim() === '' ? {} : { note: note.trim() }
  const payload = { taken: taken.length, batch, ...said }
  return {
    decisionNo: addDecision(db, { kind: 'split', subject, payload, reverts: null, decidedAt: now }),
    contradictions,
  }
}

function stayingUsers(room: Room, taken: readonly string[]): readonly string[] {
  const [first = ''] = taken
  const unknown = taken.find(id => !room.desk.rowOf.has(id))
  if (unknown !== undefined)
    throw new AppError('usage/bad-argument', `no row of the users table has the id ${unknown}`, { user: unknown })
  const { persons, personOfUser } = room.desk.found
  const person = persons[personOfUser.get(first) ?? -1] ?? { id: first, userIds: [first] }
  const other = taken.find(id => !person.userIds.includes(id))
  if (other !== undefined)
    throw new AppError(
      'usage/bad-argument',
      `${first} and ${other} are not of one person, so that nothing can be taken out`,
      {
        user: other,
      },
    )
  const stayed = person.userIds.filter(id => !taken.includes(id) && room.desk.rowOf.has(id))
  if (stayed.length > 0) return stayed
  throw new AppError('usage/bad-argument', `nothing would stay: these are all records of the person ${person.id}`, {
    person: person.id,
  })
}

/** Answers that would join again what is taken apart; those about just these pairs are replaced. */
function contradictionsWith(
  { answers, db }: Room,
  taken: readonly string[],
  stayed: readonly string[],
): Split['contradictions'] {
  const pairs = taken.flatMap(a => stayed.map((b): Pair => ({ question: 'persons', a, b })))
  const replaced = new Set(pairs.map(keyOf))
  const decided = new Map([...answers.decided].filter(([key]) => !replaced.has(key)))
  const graph = new LinkGraph({ ...answers, decided }, 'persons', { except: null, say: sayIn(db) })
  return pairs.flatMap(pair => graph.against({ pair, answer: 'different' }) ?? [])
}
