import { beforeEach, expect, test } from 'vitest'
import type { Client, Input } from '#contract/contract'
import { readToEnd, useImports } from '../../../renderer/src/state/imports.ts'
import { answerKey } from '../../../renderer/src/state/key-doubts.ts'
import { entryOf, give, seat, useBoard, waiveReading } from '../../../renderer/src/state/mapping-board.ts'
import { type Ask, asksOf, type KeyAsk, tableLines } from '../../../renderer/src/state/mapping-lines.ts'
import { boardFiles } from '../../../renderer/src/state/mapping-rows.ts'
import { canImport } from '../../../renderer/src/views/Import/board-import.ts'
import { keyWords } from '../../../renderer/src/views/Import/board-words.ts'
import { fakePlan, fakeProver } from '../support/fake-board.ts'

const users = fakePlan({
  file: 'users.csv',
  table: 'users',
  reason: '',
  columns: [
    { header: 'id', column: 'user_id', match: 'synonym', type: 'id', samples: ['1'] },
    { header: 'external_id', column: null, match: 'custom', type: 'text', samples: ['u1'] },
  ],
})
const events = fakePlan({
  file: 'events.csv',
  table: 'events',
  reason: '',
  columns: ['user_id', 'event_name', 'timestamp'].map(column => {
    return { header: column, column, match: 'exact' as const, type: 'id', samples: [] }
  }),
})
const doubt = {
  source: users.source,
  table: 'users' as const,
  field: 'user_id',
  headers: ['id'],
  other: 'external_id',
  files: [{ file: 'drop/events.csv', column: 'user_id', ids: 2400, isAll: true, inKey: 0, inOther: 2310 }],
  isSplit: false,
  message: '',
}

type Compared = Input<'import.compareKeys'>

type Doubt = Omit<typeof doubt, 'other'> & Readonly<{ other: string | null }>

function clientWith(doubts: readonly Doubt[]): Readonly<{ client: Client; asked: Compared[] }> {
  const asked: Compared[] = []
  const client = {
    ...fakeProver(() => [users, events]),
    'import.compareKeys': async (input: Compared) => {
      asked.push(input)
      return { doubts: [...doubts] }
    },
  }
  return { client: client as unknown as Client, asked } // only these are called
}

const asksNow = (): readonly Ask[] => asksOf(users, entryOf(useBoard.getState(), users))
const keyAsk = (): KeyAsk | undefined => asksNow().find(ask => ask.kind === 'key')
const files = () => boardFiles([users, events], useBoard.getState().entries)

beforeEach(() => {
  useImports.setState({ phase: 'planned', plan: [users, events], leftOut: [] })
  seat([])
  seat([users, events])
})

test('a key is compared once all files were read, and asked about on its column, which is open', async () => {
  const { client, asked } = clientWith([doubt])
  expect(canImport(files(), useBoard.getState().isCompared)).toBe(false)
  await readToEnd(client)
  expect(asked).toEqual([{ sources: [users.source, events.source], mappings: [], leaveOut: [] }])
  expect(keyAsk()).toMatchObject({ line: { header: 'id', isSure: false }, doubt: { other: 'external_id' } })
  const lines = tableLines(users, entryOf(useBoard.getState(), users)).flatMap(table => table.lines)
  expect(lines.map(({ header, isSure }) => [header, isSure])).toEqual([
    ['id', false],
    ['external_id', false],
  ])
  expect(keyWords(doubt)).toBe('2,310 of 2,400 user_id in events.csv are in external_id, 0 in id')
  expect(canImport(files(), useBoard.getState().isCompared)).toBe(false)
})

test('the other column becomes the key when it is said, and what was the key is kept beside', async () => {
  const { client, asked } = clientWith([doubt])
  await readToEnd(client)
  answerKey(users, keyAsk() as KeyAsk, true)
  await readToEnd(client)
  const [table] = entryOf(useBoard.getState(), users).edited?.tables ?? []
  expect(table?.fields).toEqual([{ field: 'user_id', from: ['external_id'], combine: 'first' }])
  expect(asked.at(-1)?.mappings).toMatchObject([{ source: users.source }])
  expect(asksNow()).toEqual([])
  expect(canImport(files(), useBoard.getState().isCompared)).toBe(true)
})

test('a key that is kept goes with the import as a mapping, and is not asked about again', async () => {
  const { client } = clientWith([doubt])
  await readToEnd(client)
  answerKey(users, keyAsk() as KeyAsk, false)
  await readToEnd(client)
  expect(entryOf(useBoard.getState(), users).edited?.tables[0]?.fields).toMatchObject([{ from: ['id'] }])
  expect(asksNow()).toEqual([])
})

test('another change of the file does not answer it', async () => {
  const { client, asked } = clientWith([doubt])
  await readToEnd(client)
  give(users, users.mapping ?? null)
  await readToEnd(client)
  expect(asked).toHaveLength(2)
  expect(keyAsk()).toBeDefined()
})

test('who does not wait for it is not asked', async () => {
  const { client, asked } = clientWith([doubt])
  waiveReading()
  await readToEnd(client)
  expect(asked).toEqual([])
  expect(canImport(files(), useBoard.getState().isCompared)).toBe(true)
})

const organisations = fakePlan({
  ...users,
  columns: [
    ...users.columns,
    { header: 'organization_id', column: 'workspace_id', match: 'synonym', type: 'id', samples: ['771'] },
  ],
})
const strangers = {
  ...doubt,
  field: 'workspace_id',
  headers: ['organization_id'],
  other: null,
  files: [{ file: 'drop/workspaces.csv', column: 'organization_id', ids: 41, isAll: true, inKey: 0, inOther: 0 }],
}

test.each([
  { answer: true, fields: ['user_id'] },
  { answer: false, fields: ['user_id', 'workspace_id'] },
])('a column of strangers is left or kept, whatever the key is: $answer', async ({ answer, fields }) => {
  useImports.setState({ phase: 'planned', plan: [organisations], leftOut: [] })
  seat([])
  seat([organisations])
  const client = { ...clientWith([doubt, strangers]).client, ...fakeProver(() => [organisations]) } as Client
  const asks = (): readonly KeyAsk[] => {
    const all = asksOf(organisations, entryOf(useBoard.getState(), organisations))
    return all.filter(ask => ask.kind === 'key')
  }
  await readToEnd(client)
  expect(asks().map(ask => [ask.line.header, ask.line.isSure])).toEqual([
    ['id', false],
    ['organization_id', false],
  ])
  expect(keyWords(strangers)).toBe('0 of 41 organization_id are in workspaces.csv')
  answerKey(organisations, asks()[1] as KeyAsk, answer)
  await readToEnd(client)
  expect(asks().map(ask => ask.doubt.field)).toEqual(['user_id'])
  answerKey(organisations, asks()[0] as KeyAsk, false)
  await readToEnd(client)
  expect(asks()).toEqual([])
  const [table] = entryOf(useBoard.getState(), organisations).edited?.tables ?? []
  expect(table?.fields.map(({ field }) => field)).toEqual(fields)
  expect(table?.drop).toBeUndefined()
})
