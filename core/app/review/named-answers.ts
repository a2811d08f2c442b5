import { append } from '#lib/lists-by-key'
import { eachInSteps, type Steps } from '#lib/steps'
import type { Readable } from '#store'
import type { AnswerFile, PinWish, SplitWish } from './answer-file.ts'
import type { Pair } from './answers.ts'
import { hasRecord, leftObject, type NamedObject, namedRows, recordName, rightObject } from './names.ts'

const MOST_NAMED = 10

/** The id that a text stands for; or why it stands for none. */
type IdOf = (object: NamedObject, text: string) => Readonly<{ id: string } | { message: string }>

/**
 * Steps that put ids where a file of answers calls records by name, address or domain, without case, as `pql why` takes them. An id, and what
 * nothing is called, stays as it is; what several are called is a broken record.
 */
export function* namedSteps(db: Readable, file: AnswerFile): Steps<AnswerFile> {
  const idOf = yield* readerSteps(db, [
    ...file.answers.flatMap(({ answer: { pair } }) => sidesOf(pair)),
    ...file.wishes.flatMap(({ wish }) => usersOf(wish).map(id => ['user', id] as const)),
  ])
  const broken = [...file.broken]
  const taken = <T>(record: number, made: T | string): T[] => {
    if (typeof made !== 'string') return [made]
    broken.push({ record, message: made })
    return []
  }
  return {
    ...file,
    answers: file.answers.flatMap(one => {
      const { pair } = one.answer
      const ids = all(sidesOf(pair).map(([object, text]) => idOf(object, text)))
      const made = typeof ids === 'string' ? ids : { ...one, answer: { ...one.answer, pair: withIds(pair, ids) } }
      return taken(one.record, made)
    }),
    wishes: file.wishes.flatMap(one => {
      const ids = all(usersOf(one.wish).map(text => idOf('user', text)))
      return taken(one.record, typeof ids === 'string' ? ids : { ...one, wish: wishWith(one.wish, ids) })
    }),
    broken: broken.sort((x, y) => x.record - y.record),
  }
}

function sidesOf({ question, a, b }: Pair): readonly (readonly [NamedObject, string])[] {
  return [
    [leftObject(question), a],
    [rightObject(question), b],
  ]
}

function withIds({ question, a, b }: Pair, [left = a, right = b]: readonly string[]): Pair {
  return { question, a: left, b: right }
}

function usersOf(wish: SplitWish | PinWish): readonly string[] {
  return wish.kind === 'split' ? wish.users : [wish.id]
}

function wishWith(wish: SplitWish | PinWish, ids: readonly string[]): SplitWish | PinWish {
  return wish.kind === 'split' ? { ...wish, users: ids } : { ...wish, id: ids[0] ?? wish.id }
}

/** All ids, or why one is none. */
function all(found: readonly ReturnType<IdOf>[]): readonly string[] | string {
  const faults = found.flatMap(one => ('message' in one ? [one.message] : []))
  return faults[0] ?? found.flatMap(one => ('id' in one ? [one.id] : []))
}

function* readerSteps(db: Readable, texts: Iterable<readonly [NamedObject, string]>): Steps<IdOf> {
  const called = new Map<NamedObject, Map<string, string[]>>()
  yield* eachInSteps(texts, ([object, text]) => {
    if (text === '' || hasRecord(db, object, text)) return
    const names = called.get(object) ?? new Map<string, string[]>()
    called.set(object, names.set(text.toLowerCase(), []))
  })
  // A table is walked once, whatever is looked for, and not at all where all are ids.
  for (const [object, names] of called)
    yield* eachInSteps(namedRows(db, object), ({ key, values }) => {
      for (const name of new Set(values.map(value => value?.toLowerCase())))
        if (name !== undefined && names.has(name)) append(names, name, key)
    })
  return (object, text) => {
    const [id, ...others] = called.get(object)?.get(text.toLowerCase()) ?? []
    if (id === undefined || hasRecord(db, object, text)) return { id: text }
    if (others.length === 0) return { id }
    return { message: severalCalled(db, object, { text, ids: [id, ...others] }) }
  }
}

function severalCalled(
  db: Readable,
  object: NamedObject,
  { text, ids }: Readonly<{ text: string; ids: readonly string[] }>,
): string {
  const listed = ids.slice(0, MOST_NAMED).map(id => {
    const { title, subtitle } = recordName(db, object, id)
    const about = [title === id ? null : title, subtitle === id ? null : subtitle].filter(part => part !== null)
    return about.length === 0 ? id : `${id} (${about.join(', ')})`
  })
  const more = ids.length > MOST_NAMED ? `; and ${ids.length - MOST_NAMED} more` : ''
  return `${ids.length} ${object}s are called ${text}; give an id: ${listed.join('; ')}${more}`
}
