import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { emailReader, resolveIdentities } from '#identity'
import { calendarOf, formatInstant } from '#lib/time'
import { analyse, resolveAsOf } from '#pipeline'
import { DEFAULT_POLICY } from '#route'
import { DEFAULT_MODEL } from '#score'
import { runUnits } from '#store'
import { readDataset } from '../../../core/app/dataset.ts'
import { type EngineOptions, startProject, type TestEngine, withFile } from './support/engine.ts'
import {
  csv,
  EVENTS,
  event,
  importSmall,
  LAST_DAY,
  ODD_WORKSPACE,
  USERS,
  WORKSPACES,
  writeSmallExport,
} from './support/exports.ts'

const EVERYTHING = { sort: 'score', descending: true, filter: {} } as const
const NEWEST_EVENT = Math.max(...EVENTS.map(({ timestamp }) => Date.parse(timestamp)))

async function startScored(options: EngineOptions = {}): Promise<TestEngine> {
  const engine = await startProject(options)
  await importSmall(engine)
  await engine.client['score.run']({})
  return engine
}

const isStale = async ({ client }: TestEngine) => (await client['project.summary']({})).scoreRun?.isStale

test('there is nothing to score without events, nor without an event of a known workspace', async () => {
  const engine = await startProject()
  const { client } = engine
  await client['import.run']({ sources: [engine.write('users.csv', csv(USERS))] })
  await expect(client['score.run']({})).rejects.toMatchObject({ code: 'import/no-events' })
  await client['import.run']({ sources: [engine.write('events.csv', csv(EVENTS))] })
  await expect(client['score.run']({})).rejects.toMatchObject({ code: 'import/no-events' })
  await client['import.run']({ sources: [engine.write('workspaces.csv', csv(WORKSPACES))] })
  expect(await client['score.run']({})).toMatchObject({ units: 4 })
})

describe('the instant', () => {
  test('the default is the newest event with company; a date is the end of its day; anything else is refused', async () => {
    const engine = await startProject()
    await importSmall(engine)
    expect(await engine.client['score.run']({})).toMatchObject({ asOf: NEWEST_EVENT })
    const given = await engine.client['score.run']({ asOf: '2026-05-20' })
    expect(formatInstant(given.asOf)).toBe('2026-05-20T23:59:59.999Z')
    expect(await engine.client['score.run']({ asOf: '2026-05-20T10:00:00Z' })).toMatchObject({
      asOf: Date.parse('2026-05-20T10:00:00Z'),
    })
    const bad = engine.client['score.run']({ asOf: 'tomorrow' })
    await expect(bad).rejects.toMatchObject({ code: 'usage/bad-argument' })
    expect(await engine.client['score.run']({})).toMatchObject({ asOf: NEWEST_EVENT, cellsReused: true })
  })

  test('the default moves with the data', async () => {
    const engine = await startScored()
    const later = [1, 2, 3].map(i => event(900 + i, 'login', ['w3', 'u3'], LAST_DAY + i * 86_400_000))
    await engine.client['import.run']({ sources: [engine.write('june.csv', csv(later))] })
    const { asOf } = await engine.client['score.run']({})
    expect(formatInstant(asOf)).toBe('2026-06-03T00:00:00.000Z')
  })

  test('since when a stage holds is asked of earlier instants alone', async () => {
    const engine = await startProject()
    await importSmall(engine)
    const changed = async (): Promise<string | undefined> => {
      await engine.client['export.run']({ target: engine.path('out') })
      const [, ...lines] = readFileSync(engine.path('out/scores.csv'), 'utf8').split('\r\n')
      return lines
        .find(line => line.startsWith('"wörk'))
        ?.split(',')
        .at(-2)
    }
    await engine.client['score.run']({ asOf: '2026-04-01' })
    await engine.client['score.run']({ asOf: '2026-05-30' })
    expect(await changed()).toBe('2026-05-30T23:59:59.999Z')
    await engine.client['score.run']({ asOf: '2026-05-25' })
    expect(await changed()).toBe('2026-05-25T23:59:59.999Z')
    await engine.client['score.run']({ asOf: '2026-05-31' })
    expect(await changed()).toBe('2026-05-30T23:59:59.999Z')
  })
})

describe('what is older than what it is made of', () => {
  test('scores are stale after an import that changes something, and not after one that does not', async () => {
    const engine = await startScored()
    expect(await isStale(engine)).toBe(false)
    await engine.client['import.run']({ sources: [...writeSmallExport(engine)] })
    expect(await isStale(engine)).toBe(false)
    await engine.client['import.run']({ sources: [engine.write('x.csv', csv([{ user_id: 'u7', name: 'New' }]))] })
    expect(await isStale(engine)).toBe(true)
    expect(await engine.client['score.run']({})).toMatchObject({ cellsReused: false })
    expect(await isStale(engine)).toBe(false)
  })

  test('a model is a new version once; scores are stale until it is used', async () => {
    const engine = await startScored()
    const { client } = engine
    const before = await client['model.get']({})
    expect(before).toMatchObject({ name: 'Recipe' })
    expect(JSON.parse(before.json)).toEqual(DEFAULT_MODEL)
    expect(await client['model.apply']({ json: before.json })).toEqual({
      hash: before.hash,
      name: 'Recipe',
      isNew: false,
    })
    const changed = JSON.stringify({ ...DEFAULT_MODEL, name: 'Mine', stages: { warm: 1, pql: 2, hot: 3 } })
    const applied = await client['model.apply']({ json: changed })
    expect(applied).toMatchObject({ name: 'Mine', isNew: true })
    expect(await client['model.apply']({ json: changed })).toMatchObject({ isNew: false })
    expect(await client['model.get']({})).toMatchObject({ name: 'Mine', hash: applied.hash })
    expect(await isStale(engine)).toBe(true)
    expect(await client['score.histogram']({ filter: {} })).toMatchObject({ stages: DEFAULT_MODEL.stages })
    await client['score.run']({})
    expect(await isStale(engine)).toBe(false)
    expect(await client['score.histogram']({ filter: {} })).toMatchObject({ stages: { warm: 1, pql: 2, hot: 3 } })
    await expect(client['model.apply']({ json: '{' })).rejects.toMatchObject({ code: 'usage/bad-model' })
    await expect(client['model.apply']({ json: '{}' })).rejects.toMatchObject({ code: 'usage/bad-model' })
  })

  test('routing rules are a new version once; scores are stale until they are used', async () => {
    const engine = await startScored()
    const { client } = engine
    const json = JSON.stringify({ ...DEFAULT_POLICY, name: 'No people', rules: DEFAULT_POLICY.rules.slice(-1) })
    const applied = await client['policy.apply']({ json })
    expect(applied).toMatchObject({ name: 'No people', isNew: true })
    expect(await client['policy.apply']({ json })).toMatchObject({ hash: applied.hash, isNew: false })
    expect(await isStale(engine)).toBe(true)
    await client['score.run']({})
    expect(await isStale(engine)).toBe(false)
    await expect(client['policy.apply']({ json: '[]' })).rejects.toMatchObject({ code: 'usage/bad-policy' })
    await expect(client['policy.apply']({ json: 'rules' })).rejects.toMatchObject({ code: 'usage/bad-policy' })
  })

  test('cells are kept over a change of weights, and built again for another taxonomy or identity', async () => {
    const { client } = await startScored()
    const heavier = DEFAULT_MODEL.signals.map(signal => ({ ...signal, points: signal.points * 2 }))
    await client['model.apply']({ json: JSON.stringify({ ...DEFAULT_MODEL, signals: heavier }) })
    expect(await client['score.run']({})).toMatchObject({ cellsReused: true })
    expect(await client['score.run']({ identity: 'explicit' })).toMatchObject({ cellsReused: false })
    expect(await client['score.run']({})).toMatchObject({ cellsReused: true })
    const [first, ...others] = DEFAULT_MODEL.taxonomy
    const taxonomy = [{ ...first, match: ['something_else'] }, ...others]
    await client['model.apply']({ json: JSON.stringify({ ...DEFAULT_MODEL, taxonomy }) })
    expect(await client['score.run']({})).toMatchObject({ cellsReused: false })
  })
})

test('a run read back equals what was computed', async () => {
  const engine = await startScored()
  await engine.close()
  withFile(engine, ({ db }) => {
    const dataset = readDataset(db)
    const analysis = analyse({
      dataset,
      identities: activity =>
        resolveIdentities(dataset, {
          mode: 'matched',
          activity,
          eventUsers: dataset.events.users.filter(user => user !== ''),
        }),
      model: DEFAULT_MODEL,
      policy: DEFAULT_POLICY,
      asOf: resolveAsOf(dataset, calendarOf(DEFAULT_MODEL.timeZone), undefined),
      level: 'workspace',
      dismissedAnomalies: new Set(),
      assignments: new Map(),
      readAddress: emailReader(),
    })
    const kept = [...runUnits(db, 1)]
    expect(kept.map(({ judged }) => judged)).toEqual(analysis.judged)
    expect(kept.map(({ route }) => route)).toEqual(analysis.routes)
  })
})

test('a run that is made again gives the same, owners included', async () => {
  const { client } = await startScored()
  const rows = async () => {
    const { columns } = await client['score.order'](EVERYTHING)
    return await client['score.rows']({ unitNos: [...columns.order] })
  }
  const before = await rows()
  expect(before.rows.some(({ owner }) => owner === 'o1')).toBe(true)
  const again = await client['score.run']({})
  expect(again).toMatchObject({ runId: 2, cellsReused: true })
  expect(await rows()).toEqual({ ...before, runId: 2 })
})

/** One project for all that only look at it. */
let shared: TestEngine
let end = async (): Promise<void> => undefined
beforeAll(async () => {
  shared = await startScored({
    onEnd: stop => {
      end = stop
    },
  })
})
afterAll(async () => await end())

describe('the list', () => {
  test('is ordered, filtered and counted', async () => {
    const { client } = shared
    const order = await client['score.order'](EVERYTHING)
    expect(order).toMatchObject({ runId: 1, total: 4, matching: 4 })
    const { rows } = await client['score.rows']({ unitNos: [...order.columns.order] })
    expect(rows[0]).toMatchObject({
      unitId: 'w1',
      unitName: 'Hot Ltd',
      accountName: 'Hot Holding',
      representativeName: 'Ada',
    })
    const scores = rows.map(({ score }) => score)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
    const found = await client['score.order']({ ...EVERYTHING, filter: { search: 'WÖRK,SPACE "😀' } })
    expect(found).toMatchObject({ total: 4, matching: 1 })
    expect(await client['score.rows']({ unitNos: [...found.columns.order] })).toMatchObject({
      rows: [{ unitId: ODD_WORKSPACE }],
    })
    expect(await client['score.rows']({ unitNos: [99] })).toEqual({ runId: 1, rows: [] })
  })

  test('the histogram counts every unit once', async () => {
    const { client } = shared
    const { units, columns, stageCounts, destinationCounts } = await client['score.histogram']({ filter: {} })
    expect(units).toBe(4)
    for (const counts of [[...columns.counts], Object.values(stageCounts), Object.values(destinationCounts)])
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4)
  })
})

describe('one unit', () => {
  test.each(['w1', 'w2', 'w3', ODD_WORKSPACE])('the lines of %s add up to its score', async unitId => {
    const { client } = shared
    const unit = await client['score.unit']({ unitId })
    const sum = unit.lines.reduce((total, { finalPoints }) => total + finalPoints, 0)
    expect(sum).toBeCloseTo(Math.min(100, Math.max(0, unit.total)), 9)
    expect(unit.row.score).toBeCloseTo(sum, 0)
    expect(unit.row.unitId).toBe(unitId)
    expect(unit.workspaceIds).toEqual([unitId])
    expect(unit.trace.length).toBeGreaterThan(0)
    expect(unit.lines.every(({ sentence }) => sentence.length > 0)).toBe(true)
  })

  test('it says what is asked of its owner, and which channels go with the decision', async () => {
    const { client } = shared
    const { play, isOverCapacity, trace, row } = await client['score.unit']({ unitId: 'w1' })
    expect({ play, isOverCapacity }).toEqual({ play: null, isOverCapacity: false })
    const decided = trace.at(-1)
    expect(decided).toMatchObject({ holds: true, ruleId: '5' })
    expect(decided?.channels.filter(({ use, holds }) => use === 'also' && holds).map(({ channel }) => channel)).toEqual(
      row.also,
    )
    expect(decided?.channels.flatMap(({ all }) => all.map(({ sentence }) => sentence)).length).toBeGreaterThan(0)
    expect(trace.slice(0, -1).every(({ channels }) => channels.length === 0)).toBe(true)
  })

  test('its people are named, best first', async () => {
    const { client } = shared
    const { people } = await client['score.unit']({ unitId: 'w1' })
    expect(people.map(({ name, email, isRepresentative }) => [name, email, isRepresentative])).toEqual([
      ['Ada', 'ada@hot.example', true],
      ['Bob', 'bob@hot.example', false],
    ])
    expect(people[0]?.events30d).toBeGreaterThan(people[1]?.events30d ?? 0)
  })

  test('one that is not there is said to be unknown', async () => {
    const { client } = shared
    const calls = [
      client['score.unit']({ unitId: 'w9' }),
      client['score.events']({ unitId: 'w9', limit: 1, before: null, signal: null }),
      client['score.activity']({ unitId: 'w9' }),
    ]
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'score/unknown-unit' })
  })

  test('its events come page by page, newest first, each from the line that it says', async () => {
    const engine = shared
    const lines = readFileSync(engine.path('events.csv'), 'utf8').split('\n')
    const events: Awaited<ReturnType<typeof page>>['events'] = []
    const page = (before: number | null) =>
      engine.client['score.events']({ unitId: 'w1', limit: 7, before, signal: null })
    for (let before: number | null = null; ; ) {
      const { events: found, nextBefore } = await page(before)
      expect(found.length).toBeLessThanOrEqual(7)
      events.push(...found)
      if (nextBefore === null) break
      before = nextBefore
    }
    const wanted = EVENTS.filter(({ workspace_id }) => workspace_id === 'w1')
    expect(events.map(({ at }) => at)).toEqual(
      wanted.map(({ timestamp }) => Date.parse(timestamp)).toSorted((a, b) => b - a),
    )
    for (const { file, line, name, at, userId } of events) {
      expect(file).toBe('events.csv')
      expect(lines[line - 1]).toContain([name, new Date(at).toISOString(), 'w1', userId].join(','))
    }
  })

  test('its events are those of one signal where one is asked for, and none later than the run', async () => {
    const { client } = await startScored()
    const { events, nextBefore } = await client['score.events']({
      unitId: 'w1',
      limit: 3,
      before: null,
      signal: 'usage_limit_hit',
    })
    expect(events.map(({ kind }) => kind)).toEqual(['usage_limit_hit', 'usage_limit_hit', 'usage_limit_hit'])
    expect(nextBefore).toBe(events.at(-1)?.position)
    await client['score.run']({ asOf: '2026-05-30' })
    const earlier = await client['score.events']({ unitId: 'w1', limit: 500, before: null, signal: 'usage_limit_hit' })
    expect(earlier.events.length).toBe(3)
    expect(earlier.nextBefore).toBeNull()
  })

  test.each([-1, 0.5, 81, 1e15])('a page behind position %d, where there is no event, is refused', async before => {
    const engine = shared
    const call = engine.client['score.events']({ unitId: 'w1', limit: 1, before, signal: null })
    await expect(call).rejects.toMatchObject({ code: 'contract/bad-input' })
    expect(engine.reports).toEqual([])
  })

  test('its activity has one count per day, the last of them today', async () => {
    const { client } = await startScored()
    const { columns, firstDay, today } = await client['score.activity']({ unitId: 'w1' })
    expect(today - firstDay + 1).toBe(columns.perDay.length)
    expect([...columns.perDay].slice(-6)).toEqual([2, 2, 6, 6, 6, 6])
    expect([...columns.perDay].reduce((sum, count) => sum + count, 0)).toBe(56)
    await client['score.run']({ asOf: '2026-05-30T01:00:00Z' })
    const earlier = await client['score.activity']({ unitId: 'w1' })
    expect(earlier.today).toBe(today - 1)
    expect([...earlier.columns.perDay].slice(-3)).toEqual([6, 6, 1])
  })
})
