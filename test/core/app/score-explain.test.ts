import { describe, expect, test } from 'vitest'
import { DEFAULT_CHECKLIST, DEFAULT_MODEL } from '#score'
import { startProject } from './support/engine.ts'
import { importSmall } from './support/exports.ts'

async function startScored(level: 'workspace' | 'account' = 'workspace') {
  const engine = await startProject()
  await importSmall(engine)
  await engine.client['score.run']({ level })
  return engine
}

const sum = (list: readonly { points: number }[]) => list.reduce((total, { points }) => total + points, 0)

describe('a score over time', () => {
  test('is what runs of those days say, and ends with the run', async () => {
    const { client } = await startScored()
    const { firstDay, lastDay, columns, ticks, runs } = await client['score.history']({ unitId: 'w2' })
    expect([lastDay - firstDay, columns.score.length, columns.events.length]).toEqual([89, 90, 90])
    expect(runs).toHaveLength(1)
    expect(columns.score.at(-1)).toBe(runs[0]?.score)
    expect([...new Set(ticks.map(({ kind, n }) => `${n} ${kind}`))]).toEqual([
      '1 core_feature_used',
      '1 new_active_user',
    ])
    await client['score.run']({ asOf: '2026-05-20' })
    const day = await client['score.unit']({ unitId: 'w2' })
    expect(columns.score[89 - 11]).toBe(day.row.score)
  })

  test('has nothing before the unit was there, and refuses days that are not there', async () => {
    const { client } = await startScored()
    const { columns } = await client['score.history']({ unitId: 'w2', from: '2026-03-30', to: '2026-04-02' })
    expect([...columns.score].map(Number.isNaN)).toEqual([true, true, false, false])
    for (const range of [{ to: '2026-06-02' }, { from: '2026-05-30', to: '2026-05-29' }, { from: '2020-01-01' }])
      await expect(client['score.history']({ unitId: 'w2', ...range })).rejects.toMatchObject({
        code: 'usage/bad-argument',
      })
    await expect(client['score.history']({ unitId: 'none' })).rejects.toMatchObject({ code: 'score/unknown-unit' })
  })

  test('a checklist has none', async () => {
    const { client } = await startScored()
    await client['model.apply']({ json: JSON.stringify(DEFAULT_CHECKLIST) })
    await client['score.run']({})
    await expect(client['score.history']({ unitId: 'w1' })).rejects.toMatchObject({ code: 'usage/bad-model' })
    expect((await client['score.explain']({ unitId: 'w1' })).steps).toEqual([])
  })
})

describe('what changed', () => {
  test('adds up, from the open simulator as from the file', async () => {
    const { client } = await startScored()
    const closed = await client['score.changes']({ unitId: 'w1', since: '2026-05-24' })
    expect(closed.runId).toBeNull()
    expect(Math.abs(sum(closed.changes) - (closed.now.clamped - closed.before.clamped))).toBeLessThan(1e-9)
    await client['simulate.open']({})
    expect(await client['score.changes']({ unitId: 'w1', since: '2026-05-24' })).toEqual(closed)
  })

  test('since a kept run by another model names the rule', async () => {
    const { client } = await startScored()
    await client['score.run']({ asOf: '2026-05-24' })
    const signals = DEFAULT_MODEL.signals.map(one => ({ ...one, points: one.points * 0.5 }))
    await client['model.apply']({ json: JSON.stringify({ ...DEFAULT_MODEL, signals }) })
    await client['score.run']({ asOf: '2026-05-31' })
    const told = await client['score.changes']({ unitId: 'w1', since: '2026-05-24' })
    const { runId, before, now, groups, changes } = told
    expect(groups.reduce((total, { points }) => total + points, 0)).toBeCloseTo(now.score - before.score, 9)
    expect(runId).toBe(2)
    expect(Math.abs(sum(changes) - (now.clamped - before.clamped))).toBeLessThan(1e-9)
    expect(changes.some(({ cause }) => cause === 'rule')).toBe(true)
    expect(changes.some(({ cause }) => cause === 'decay')).toBe(true)
  })
})

test('an explanation tells what is lost, unknown, and missing', async () => {
  const { client } = await startScored()
  const { lost, curves, threshold, steps, isFitUnknown } = await client['score.explain']({ unitId: 'w2' })
  const { lines, row } = await client['score.unit']({ unitId: 'w2' })
  expect(lost.length).toBeGreaterThan(0)
  for (const { signal, cap, decay, bucketBound } of lost) {
    const line = lines.find(one => one.signal === signal)
    const free = (line?.pointsBeforeCap ?? 0) - cap - decay
    expect(free * (line?.roleFactor ?? 0) - bucketBound).toBeCloseTo(line?.finalPoints ?? 0, 9)
  }
  expect(curves).toHaveLength(DEFAULT_MODEL.signals.length)
  expect([threshold, isFitUnknown]).toEqual([65, false])
  expect(row.score).toBeLessThan(65)
  for (const { score } of steps) expect(score).toBeGreaterThanOrEqual(65)
})

describe('levels', () => {
  test('accounts have their own table, page and history', async () => {
    const { client } = await startScored('account')
    const level = 'account'
    const { columns, total } = await client['score.order']({ sort: 'score', descending: true, filter: {}, level })
    expect(total).toBe(2)
    const { rows } = await client['score.rows']({ unitNos: [...columns.order], level })
    expect(rows.map(({ unitId }) => unitId)).toEqual(['a1', 'a2'])
    expect((await client['score.unit']({ unitId: 'a1', level })).workspaceIds).toEqual(['w1'])
    expect((await client['score.history']({ unitId: 'a1', level })).columns.score.at(-1)).toBe(rows[0]?.score)
    await expect(client['score.rows']({ unitNos: [0] })).rejects.toMatchObject({ code: 'score/no-run' })
  })

  test('users are listed by what each scores, page by page', async () => {
    const { client } = await startScored()
    const all = await client['score.people']({})
    expect(all.total).toBe(5)
    expect(all.rows[0]).toMatchObject({ personId: 'u1', name: 'Ada', unitId: 'w1', isRepresentative: true })
    const scores = all.rows.map(({ userScore }) => userScore)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
    const page = await client['score.people']({ offset: 2, limit: 2 })
    expect(page.rows).toEqual(all.rows.slice(2, 4))
    expect(page.nextOffset).toBe(4)
    expect((await client['score.people']({ search: 'U3' })).rows.map(({ unitId }) => unitId)).toEqual(['w2', 'w3'])
    expect((await client['score.people']({ search: ' ada' })).rows.map(({ personId }) => personId)).toContain('u1')
  })
})
