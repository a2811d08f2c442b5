import { expect, test } from 'vitest'
import type { Client, Input } from '#contract/contract'
import { startProject, type TestEngine, watch } from './support/engine.ts'
import { csv, event, importSmall, LAST_DAY, USERS, WORKSPACES } from './support/exports.ts'

type Entries = Input<'taxonomy.apply'>['entries']

const NO_DAY = -(2 ** 31)
const ODD_EVENTS = [
  event(901, 'Visited Pricing', ['w1', 'u1'], LAST_DAY - 5000),
  event(902, 'Visited Pricing', ['w2', 'u3'], LAST_DAY - 4000),
  event(903, 'Elephant', ['nowhere', 'u1'], LAST_DAY - 3000),
]

async function startNamed(): Promise<TestEngine> {
  const engine = await startProject()
  await importSmall(engine)
  await engine.client['import.run']({ sources: [engine.write('odd.csv', csv(ODD_EVENTS))] })
  return engine
}

/** Figures of one name. */
async function nameOf(client: Client, name: string) {
  const { names, columns } = await client['taxonomy.names']({})
  const place = names.indexOf(name)
  return Object.fromEntries(
    Object.entries(columns).flatMap(([id, values]) => (id === 'perDay' ? [] : [[id, values[place]]])),
  )
}

const mapped = (entries: Entries, kind: string, pattern: string): Entries =>
  entries.map(entry => (entry.kind === kind ? { ...entry, match: [...entry.match, pattern] } : entry))

test('names are listed by events, with figures and days, before anything is scored', async () => {
  const { client } = await startNamed()
  const list = await client['taxonomy.names']({})
  expect([...list.columns.events]).toEqual([...list.columns.events].sort((a, b) => b - a))
  expect(list.events).toBe([...list.columns.events].reduce((total, events) => total + events, 0))
  expect(list.columns.perDay).toHaveLength(list.names.length * list.sparkDays)
  const today = Math.floor((list.asOf ?? 0) / 86_400_000)
  expect(list.today).toBe(today)
  expect(await nameOf(client, 'Visited Pricing')).toEqual({
    events: 2,
    later: 0,
    users: 2,
    workspaces: 2,
    firstDay: Math.floor((LAST_DAY - 5000) / 86_400_000),
    lastDay: Math.floor((LAST_DAY - 4000) / 86_400_000),
  })
  expect(await nameOf(client, 'Elephant')).toMatchObject({ events: 1, users: 1, workspaces: 1 })
})

test('the as-of day is that of the scores, until there are other data', async () => {
  const { client, write } = await startNamed()
  await client['score.run']({ asOf: '2026-05-20' })
  const before = await client['taxonomy.names']({})
  expect(before.asOf).toBe(Date.parse('2026-05-20T23:59:59.999Z'))
  expect(await nameOf(client, 'Elephant')).toMatchObject({ events: 0, later: 1, firstDay: NO_DAY, lastDay: NO_DAY })
  const more = [event(950, 'Elephant', ['w1', 'u1'], LAST_DAY)]
  await client['import.run']({ sources: [write('more.csv', csv(more))] })
  expect(await nameOf(client, 'Elephant')).toMatchObject({ events: 2, later: 0 })
})

test('without any workspace the names are counted all the same', async () => {
  const { client, write } = await startProject()
  expect(await client['taxonomy.names']({})).toMatchObject({ asOf: null, names: [], events: 0 })
  await client['import.run']({ sources: [write('odd.csv', csv(ODD_EVENTS))] })
  expect(await client['taxonomy.names']({})).toMatchObject({
    asOf: LAST_DAY - 3000,
    names: ['Visited Pricing', 'Elephant'],
    events: 3,
  })
})

test('a walk over the events is a job with progress; the second answer needs none', async () => {
  const { client } = await startNamed()
  const first = watch()
  const list = await client['taxonomy.names']({}, first.options)
  expect(first.seen.at(-1)).toMatchObject({ phase: 'Counting event names', done: list.events, total: list.events })
  const second = watch()
  await client['taxonomy.names']({}, second.options)
  expect(second.seen).toEqual([])
})

test('a preview tells the effect of a draft and changes nothing', async () => {
  const { client } = await startNamed()
  const { entries, hash } = await client['taxonomy.get']({})
  const draft = mapped(entries, 'pricing_page_view', 'visited_*')
  const preview = await client['taxonomy.preview']({ entries: draft })
  expect(preview.after.withKind - preview.before.withKind).toBe(2)
  expect(preview.after.earning - preview.before.earning).toBe(2)
  expect(preview.moved).toEqual([{ name: 'Visited Pricing', from: '', to: 'pricing_page_view', events: 2 }])
  expect(preview.workspaces).toMatchObject({ total: WORKSPACES.length, gaining: 2, losing: 0, mixed: 0, touched: 2 })
  const { names } = await client['taxonomy.names']({})
  const place = names.indexOf('Visited Pricing')
  const kindIn = (column: Int32Array): string | undefined => preview.kinds[column[place] ?? -1]
  expect([kindIn(preview.columns.kindInForce), kindIn(preview.columns.kindOfName)]).toEqual(['', 'pricing_page_view'])
  expect(await client['taxonomy.get']({})).toMatchObject({ hash, previous: null })
})

test('a pattern is shown with the fate of its names, a name without a kind with what it resembles', async () => {
  const { client } = await startNamed()
  const { entries } = await client['taxonomy.get']({})
  const reach = await client['taxonomy.pattern']({ entries, at: entries.length, pattern: 'Visited*' })
  expect(reach).toMatchObject({ pattern: 'visited*', fates: [{ fate: 'new', names: 1, events: 2 }, {}, {}, {}] })
  const { suggestions, unmapped } = await client['taxonomy.suggest']({ entries })
  expect(suggestions.map(({ name, events, likenesses }) => [name, events, likenesses[0]?.kind])).toEqual([
    ['Visited Pricing', 2, 'pricing_page_view'],
  ])
  expect(unmapped).toBe(2)
})

test('applying makes a new version, reverting puts the taxonomy before back, and both make scores stale', async () => {
  const { client } = await startNamed()
  await client['score.run']({})
  const isStale = async () => (await client['project.summary']({})).scoreRun?.isStale
  const before = await client['taxonomy.get']({})
  const draft = mapped(before.entries, 'pricing_page_view', 'visited_*')
  const applied = await client['taxonomy.apply']({ entries: draft, hash: before.hash })
  expect([applied.isNew, await isStale()]).toEqual([true, true])
  const after = await client['taxonomy.get']({})
  expect(after).toMatchObject({ entries: draft, hash: applied.hash, previous: { entries: before.entries } })
  expect(await client['taxonomy.apply']({ entries: draft, hash: after.hash })).toEqual({
    hash: after.hash,
    isNew: false,
  })
  const reverted = await client['taxonomy.apply']({ entries: after.previous?.entries ?? [], hash: after.hash })
  expect([reverted.hash, await isStale()]).toEqual([before.hash, false])
  expect(await client['taxonomy.get']({})).toMatchObject({ entries: before.entries, previous: { entries: draft } })
})

test('a model that was changed meanwhile is not overwritten, and reverting keeps what else was changed', async () => {
  const { client } = await startNamed()
  const before = await client['taxonomy.get']({})
  const draft = mapped(before.entries, 'pricing_page_view', 'visited_*')
  const { hash } = await client['taxonomy.apply']({ entries: draft, hash: before.hash })
  const model = JSON.parse((await client['model.get']({})).json) as Record<string, unknown>
  await client['model.apply']({ json: JSON.stringify({ ...model, name: 'Ours' }) })
  await expect(client['taxonomy.apply']({ entries: before.entries, hash })).rejects.toMatchObject({
    code: 'usage/overtaken',
  })
  const now = await client['taxonomy.get']({})
  await client['taxonomy.apply']({ entries: now.previous?.entries ?? [], hash: now.hash })
  expect(await client['taxonomy.get']({})).toMatchObject({ entries: before.entries, modelName: 'Ours' })
})

test('after the project was opened anew, the version before is still known', async () => {
  const engine = await startNamed()
  const { client } = engine
  const before = await client['taxonomy.get']({})
  const one = mapped(before.entries, 'pricing_page_view', 'visited_*')
  const first = await client['taxonomy.apply']({ entries: one, hash: before.hash })
  await client['taxonomy.apply']({ entries: mapped(one, 'login', 'elephant'), hash: first.hash })
  await client['project.close']({})
  await client['project.open']({ source: engine.path('p.pql') })
  expect((await client['taxonomy.get']({})).previous).toEqual({ entries: one, hash: first.hash })
})

test('of very many names those with the most events are listed, the others are in all totals', async () => {
  const { client, write } = await startProject()
  const many = Array.from({ length: 20_001 }, (_, i) => event(i, `Page ${i}`, ['w1', 'u1'], LAST_DAY - i))
  const again = event(99_999, 'Page 20000', ['w1', 'u1'], LAST_DAY)
  await client['import.run']({ sources: [write('many.csv', csv([...many, again]))] })
  const list = await client['taxonomy.names']({})
  expect([list.names.length, list.names[0], list.unlisted]).toEqual([20_000, 'Page 20000', { names: 1, events: 1 }])
  const { entries } = await client['taxonomy.get']({})
  const preview = await client['taxonomy.preview']({ entries: mapped(entries, 'login', 'page_*') })
  expect(preview.after).toMatchObject({ events: 20_002, withKind: 20_002, namesWithKind: 20_001 })
  expect([preview.moved.length, preview.movedTotal.names]).toEqual([200, 20_001])
})

test('users alone have no names', async () => {
  const { client, write } = await startProject()
  await client['import.run']({ sources: [write('users.csv', csv(USERS))] })
  expect(await client['taxonomy.names']({})).toMatchObject({ names: [], asOf: null })
})
