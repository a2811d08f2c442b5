import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emailReader } from '../../../../core/identity/email.ts'
import type { SecondThread } from '../../../../core/identity/index.ts'
import { readRecordFields, resolveRecords } from '../../../../core/identity/index.ts'
import { type WeighedUsers, weighSteps } from '../../../../core/identity/people/weigh-users.ts'
import { resolveSteps } from '../../../../core/identity/records/resolve-records.ts'
import { createPairWorker } from '../../../../core/identity/threads/pair-worker.ts'
import { portable, revived } from '../../../../core/identity/threads/portable.ts'
import type { Answer, PairOrder } from '../../../../core/identity/threads/second-thread.ts'
import { CLAIM } from '../../../../core/identity/threads/second-thread.ts'
import { finish } from '../../../../core/lib/steps.ts'
import { messyUsers } from './messy-users.ts'

const GROUND = { decisions: [], read: emailReader(), weights: new Map([['email: same company', 0.3]]) }
const ROWS = messyUsers(2500, 3)

type Double = SecondThread & { closed: number }
type Lost = (answer: Answer) => boolean

const isChunk = (answer: Answer, isLost: (part: number) => boolean): boolean =>
  answer.kind === 'pairs' && isLost(answer.part)

/** Another thread that is none: it takes the parts it is asked to before the first of this thread, and may be lost with some answers. */
function secondOf(takes: (part: number) => boolean, loses: Lost = () => false): Double {
  const done: Answer[] = []
  const worker = createPairWorker(answer => void (loses(answer) ? undefined : done.push(answer)))
  const double: Double = {
    closed: 0,
    tell: (order: PairOrder) => {
      const copy = structuredClone(order)
      if (copy.kind === 'names') return worker(copy)
      // What it is not to take is taken while it looks, and free again afterwards.
      const mine = [...copy.claims.keys()].filter(at => !takes(at))
      for (const at of mine) Atomics.store(copy.claims, at, CLAIM.here)
      worker(copy)
      for (const at of mine) Atomics.store(copy.claims, at, CLAIM.free)
    },
    answers: () => done.splice(0),
    isLost: () => true,
    close: () => {
      double.closed++
    },
  }
  return double
}

const numbersOf = ({ edges, limits, blocks, compared, ids, details }: WeighedUsers) => ({
  edges,
  limits,
  blocks,
  compared,
  ids,
  evidence: Array.from(edges.a.subarray(0, 200), (a, i) => details().scorer.explain(a, edges.b[i] ?? 0)),
})

describe('pairs that two threads score', () => {
  const alone = numbersOf(finish(weighSteps(ROWS, GROUND)))

  test('are the same whoever takes which chunk, and whatever is lost', () => {
    expect(alone.edges.a.length).toBeGreaterThan(300)
    fc.assert(
      fc.property(fc.infiniteStream(fc.boolean()), fc.infiniteStream(fc.boolean()), (taken, kept) => {
        const [takes, keeps] = [[...taken.take(64)], [...kept.take(64)]]
        const second = secondOf(
          at => takes[at % 64] === true,
          answer => answer.kind !== 'names' && keeps[answer.part % 64] === true,
        )
        expect(numbersOf(finish(weighSteps(ROWS, GROUND, second)))).toEqual(alone)
        expect(second.closed).toBe(1)
      }),
      { numRuns: 8 },
    )
  })

  test.each(['names', 'ground', 'pairs'] as const)('are the same where all %s are lost', kind => {
    const second = secondOf(
      () => true,
      answer => answer.kind === kind,
    )
    expect(numbersOf(finish(weighSteps(ROWS, GROUND, second)))).toEqual(alone)
  })

  test('are the same of names that words of the project explain', () => {
    const decisions = [
      { list: 'placeholder', entry: 'zoltanquark', isIn: true },
      { list: 'nickname', entry: 'quark:zoltan', isIn: true },
    ].map((own, i) => ({ id: String(i + 1), type: 'set_word' as const, ...own }))
    const odd = [
      'Zoltan Quark',
      'zoltan',
      'quark-77',
      'Dr. José Ñandú',
      'jane@acme.com',
      'Quark, Zoltan',
      null,
      '李小龙',
    ]
    const named = [...ROWS].map((row, i) => (i % 3 === 0 ? { ...row, name: odd[(i / 3) % odd.length] ?? null } : row))
    const ground = { ...GROUND, decisions }
    const two = finish(
      weighSteps(
        named,
        ground,
        secondOf(at => at % 2 === 1),
      ),
    )
    expect(numbersOf(two)).toEqual(numbersOf(finish(weighSteps(named, ground))))
  })

  test('are all scored where the other thread has died and nobody hears of it', () => {
    // One chunk is waited for in vain, for half a second.
    const second = secondOf(
      () => true,
      answer => isChunk(answer, at => at === 0),
    )
    expect(numbersOf(finish(weighSteps(ROWS, GROUND, { ...second, isLost: () => false })))).toEqual(alone)
  })

  test('are told of up to the last one, also those that were taken elsewhere or lost', () => {
    for (const second of [
      null,
      secondOf(at => at % 2 === 0),
      secondOf(
        () => true,
        answer => isChunk(answer, at => at % 3 === 0),
      ),
    ]) {
      const seen: (readonly [done: number, total: number])[] = []
      const told = (done: number, total: number): void => void seen.push([done, total])
      const { compared } = finish(weighSteps(ROWS, { ...GROUND, told }, second))
      const dones = seen.map(([done]) => done)
      expect(dones).toEqual(dones.toSorted((a, b) => a - b))
      expect(seen.at(-1)).toEqual([seen[0]?.[1], seen[0]?.[1]])
      // A pair that shares several keys is looked at once for each.
      expect(dones.at(-1)).toBeGreaterThanOrEqual(compared)
    }
  })

  test('the other thread is closed wherever the work is stopped', () => {
    for (let halts = 1; ; halts++) {
      const second = secondOf(() => false)
      const steps = weighSteps(ROWS, GROUND, second)
      let isDone = false
      for (let i = 0; i < halts && !isDone; i++) isDone = steps.next().done === true
      steps.return(undefined as never)
      expect(second.closed).toBe(1)
      if (isDone) break
    }
  })

  test.each([
    { why: 'one table', fields: {} },
    { why: 'two files, one to one', fields: { source: 'workspace_id', oneToOne: true } },
  ])('of $why are the same', ({ fields }) => {
    const names = ['user_id', 'name', 'primary_email', 'phone', 'workspace_id'] as const
    const rows = [...ROWS].slice(0, 1200)
    const columns = new Map(names.map(name => [name, rows.map(row => row[name] ?? '')]))
    const roles = {
      key: 'user_id',
      kind: 'person',
      full_name: 'name',
      email: 'primary_email',
      phone: 'phone',
      ...fields,
    }
    const read = readRecordFields(JSON.stringify(roles))
    const { edges, forest, pairs, further } = finish(resolveSteps(columns, read, () => secondOf(at => at % 2 === 0)))
    const one = resolveRecords(columns, read)
    expect({ edges, forest, pairs, further }).toEqual({
      edges: one.edges,
      forest: one.forest,
      pairs: one.pairs,
      further: one.further,
    })
  })
})

describe('columns on their way to another thread', () => {
  test('a function is no column', () => {
    expect(() => portable({ read: () => 1 })).toThrow('a function stays in its thread')
  })

  test('lists, numbers and what is missing come over as they are', () => {
    const value = {
      list: ['a', '', 'b'],
      of: [[1, 2], undefined],
      words: new Uint32Array([1, 2]),
      none: null,
      more: [{ x: 1 }],
    }
    expect(revived(structuredClone(portable(value)))).toEqual(value)
  })
})
