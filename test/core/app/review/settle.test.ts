import { describe, expect, test } from 'vitest'
import type { Input } from '#contract/contract'
import { listDecisions } from '#store'
import { settle } from '../../../../core/app/review/settle.ts'
import { startEngine, type TestEngine, watch } from '../support/engine.ts'
import { onSmallDisk } from '../support/full-disk.ts'
import { accountsOf, startAlike } from './alike-accounts.ts'

type Question = Input<'review.queue'>['question']
const TIED = ['companies', 'accounts', 'signups'] as const
const ALIKE = { accounts: ['9001', '9009'], account: '9001' }
const looked = async (engine: TestEngine) =>
  await Promise.all(
    TIED.map(async question => {
      const { matching, ties } = await engine.client['review.queue']({ question })
      return [matching, ties.total]
    }),
  )
type Counted = Readonly<{ question: Question; review: number; ambiguous: number; ties: number }>
const counted = (counts: readonly Counted[]): (readonly number[])[] =>
  TIED.map(question => {
    const own = counts.find(one => one.question === question)
    return [(own?.review ?? 0) + (own?.ambiguous ?? 0), own?.ties ?? -1]
  })

describe('one answer for several records is kept whole or not at all', () => {
  test('cancelled wherever it may be, it has kept nothing', async () => {
    const engine = await startAlike()
    const { client } = engine
    const before = await looked(engine)
    for (let reports = 1; ; reports++) {
      let seen = 0
      const { options } = watch((_progress, cancel) => {
        if (++seen === reports) cancel()
      })
      const outcome = await client['review.settle'](ALIKE, options).catch((error: Error) => error.message)
      if (typeof outcome !== 'string') {
        expect(reports).toBeGreaterThan(6) // it was cancelled between the questions, too
        expect(outcome.kept).toBe(5)
        break
      }
      expect(outcome).toMatch(/cancelled; what was there before is unchanged|nothing was begun/)
      expect((await client['review.history']({})).total).toBe(0)
      expect(await looked(engine)).toEqual(before)
    }
    expect((await client['review.undo']({})).entries).toHaveLength(5)
    expect((await client['review.history']({})).total).toBe(10)
  })

  test('where one of the answers cannot be written, none is', async () => {
    const engine = await startAlike()
    await engine.close()
    const disk = onSmallDisk(engine.folder, 'p.pql', 'refusing.pql')
    disk.db.exec(`CREATE TEMP TRIGGER refusing BEFORE INSERT ON main.decision WHEN NEW.subject LIKE '%"eve"%'
      BEGIN SELECT RAISE(ABORT, 'as if by power cut'); END`)
    const call = { signal: new AbortController().signal, onProgress: () => undefined }
    await expect(settle(disk.ctx, ALIKE, call)).rejects.toThrow('power cut')
    expect(listDecisions(disk.db)).toEqual([])
    const [, sure] = [disk.db.exec('DROP TRIGGER refusing'), await settle(disk.ctx, ALIKE, call)]
    expect([sure.kept, listDecisions(disk.db).length]).toEqual([5, 5])
    disk.close()
  })

  test('what is answered by itself meanwhile is left to that answer', async () => {
    const engine = await startAlike()
    const { client } = engine
    await client['identity.overview']({})
    const pair = { question: 'signups', a: 'dan', b: '9009' } as const
    let own: Promise<unknown> | null = null
    const { options } = watch(({ phase }) => {
      if (phase === 'Sorting candidates') own ??= client['review.decide']({ answers: [{ pair, answer: 'same' }] })
    })
    const { kept } = await client['review.settle'](ALIKE, options)
    await own
    expect(kept).toBe(4)
    expect(await accountsOf(engine)).toEqual(['9001', '9001'])
    expect((await client['review.card']({ pair })).candidate.decision?.answer).toBe('same')
    const other = await client['review.card']({ pair: { ...pair, b: '9001' } })
    expect(other.candidate.decision).toBeNull()
  })
})

describe('what is taken back leaves list, counts and cases at once', () => {
  const OPEN = [
    [2, 1],
    [5, 1],
    [10, 1],
  ]
  const SETTLED = [
    [0, 0],
    [0, 0],
    [0, 0],
  ]

  test('of one answer for several records, and taken up again', async () => {
    const engine = await startAlike()
    const { client } = engine
    expect(await looked(engine)).toEqual(OPEN)
    await client['review.settle'](ALIKE)
    expect(await looked(engine)).toEqual(SETTLED)
    for (const _ of [1, 2]) {
      const undone = await client['review.undo']({})
      expect(undone.entries).toHaveLength(5)
      expect(counted(undone.counts)).toEqual(OPEN)
      expect(await looked(engine)).toEqual(OPEN)
      expect((await client['identity.overview']({})).counts).toEqual(undone.counts)
      const redone = await client['review.redo']({})
      expect(redone.entries).toHaveLength(5)
      expect(counted(redone.counts)).toEqual(SETTLED)
      expect(await looked(engine)).toEqual(SETTLED)
      expect((await client['identity.overview']({})).counts).toEqual(redone.counts)
    }
  })

  test('as somebody finds it who opens the project anew', async () => {
    const engine = await startAlike()
    const settled = await engine.client['review.settle'](ALIKE)
    await engine.close()
    const later = startEngine({ folder: engine.folder })
    await later.client['project.open']({ source: later.path('p.pql') })
    expect((await later.client['identity.overview']({})).counts).toEqual(settled.counts)
  })

  test.each([false, true])('of a single answer; found anew with it: %s', async isWorkedIn => {
    const engine = await startAlike()
    const { client } = engine
    expect(await looked(engine)).toEqual(OPEN)
    const pair = { question: 'companies', a: '9001', b: 'cus_1' } as const
    await client['review.decide']({ answers: [{ pair, answer: 'same' }] })
    if (isWorkedIn) await client['identity.overview']({})
    const { counts } = await client['review.undo']({})
    expect(counted(counts)).toEqual(OPEN)
    expect(await looked(engine)).toEqual(OPEN)
  })

  test('of one of the answers by its number', async () => {
    const engine = await startAlike()
    const { client } = engine
    await client['review.settle'](ALIKE)
    const { entries } = await client['review.history']({})
    const eve = entries.find(({ pair }) => pair?.a === 'eve')
    const { counts } = await client['review.undo']({ decisionNo: eve?.decisionNo ?? 0 })
    expect(counted(counts)).toEqual([SETTLED[0], SETTLED[1], [2, 0]])
    expect(await looked(engine)).toEqual([SETTLED[0], SETTLED[1], [2, 0]])
  })

  test('cancelled, nothing was taken back', async () => {
    const engine = await startAlike()
    const { client } = engine
    await client['review.settle'](ALIKE)
    const { options } = watch(({ phase }, cancel) => {
      if (phase === 'Comparing records') cancel()
    })
    await expect(client['review.undo']({}, options)).rejects.toThrow('what was there before is unchanged')
    expect((await client['review.history']({})).total).toBe(5)
    expect(await looked(engine)).toEqual(SETTLED)
  })
})
