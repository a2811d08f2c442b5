import { expect, test } from 'vitest'
import { startProject, type TestEngine } from './support/engine.ts'
import { csv, EVENTS, type EventRecord, event, importSmall, LAST_DAY } from './support/exports.ts'

const MINUTE = 60_000
const HOUR = 3_600_000

/** Ada belongs to w1 alone; Cyd to two workspaces; nobody knows Eve. */
const UNPLACED: readonly EventRecord[] = [
  event(900, 'pricing_page_view', ['', 'u1'], LAST_DAY + 5 * MINUTE),
  event(901, 'login', ['', 'u1'], LAST_DAY - 30 * HOUR),
  event(902, 'login', ['', 'u1'], LAST_DAY + 48 * HOUR),
  event(903, 'login', ['', 'u3'], LAST_DAY),
  event(904, 'login', ['', 'eve'], LAST_DAY),
  event(905, 'login', ['', ''], LAST_DAY),
]
const AS_OF = LAST_DAY + 24 * HOUR
const ofW1 = [...EVENTS.filter(({ workspace_id }) => workspace_id === 'w1'), ...UNPLACED.slice(0, 2)]
const timesOf = (events: readonly EventRecord[]): number[] =>
  events.map(({ timestamp }) => Date.parse(timestamp)).toSorted((a, b) => b - a)

async function startScored(): Promise<TestEngine> {
  const engine = await startProject()
  await importSmall(engine)
  await engine.client['import.run']({ sources: [engine.write('more.csv', csv(UNPLACED))] })
  await engine.client['score.run']({ asOf: new Date(AS_OF).toISOString() })
  return engine
}

async function timeline({ client }: TestEngine, unitId: string, limit: number, signal: string | null = null) {
  const events: Awaited<ReturnType<typeof page>>['events'] = []
  const page = (before: number | null) => client['score.events']({ unitId, limit, before, signal })
  for (let before: number | null = null; ; ) {
    const { events: found, nextBefore } = await page(before)
    events.push(...found)
    if (nextBefore === null) return events
    before = nextBefore
  }
}

test.each([1, 3, 7, 500])('events without a workspace are where they count, in pages of %d', async limit => {
  const engine = await startScored()
  const events = await timeline(engine, 'w1', limit)
  expect(events.map(({ at }) => at)).toEqual(timesOf(ofW1))
  expect(new Set(events.map(({ position }) => position)).size).toBe(events.length)
  expect(events.filter(({ file }) => file === 'more.csv')).toMatchObject([
    { name: 'pricing_page_view', userId: 'u1', personId: 'u1', line: 2 },
    { name: 'login', userId: 'u1', line: 3 },
  ])
})

test('they are found by signal, counted per day, and nowhere else; so also when the cells are used again', async () => {
  const engine = await startScored()
  for (const _ of ['from scratch', 'again']) {
    expect(await timeline(engine, 'w1', 2, 'pricing_page_view')).toHaveLength(5)
    expect(await timeline(engine, 'w2', 500)).toHaveLength(20)
    const { columns } = await engine.client['score.activity']({ unitId: 'w1' })
    expect([...columns.perDay].reduce((sum, count) => sum + count, 0)).toBe(ofW1.length)
    const unit = await engine.client['score.unit']({ unitId: 'w1' })
    expect(unit.lines.find(({ signal }) => signal === 'pricing_page_view')?.occurrences).toBe(5)
    await engine.client['score.run']({ asOf: new Date(AS_OF).toISOString() })
  }
})
