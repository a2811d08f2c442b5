import { describe, expect, test } from 'vitest'
import { startProject, type TestEngine } from '../support/engine.ts'
import { csv } from '../support/exports.ts'
import { answer, persons } from './small-room.ts'

const user = (user_id: string, rest: Readonly<Record<string, string | null>> = {}) => ({
  user_id,
  primary_email: 'jane@gmail.com',
  name: 'Jane Roe',
  job_title: null as string | null,
  last_active_at: null as string | null,
  email_verified: null as string | null,
  ...rest,
})

/** Three records of Jane, and what the CRM says of her. */
async function startJane(): Promise<TestEngine> {
  const engine = await startProject()
  const users = [
    user('a1', { name: 'Jane R.', last_active_at: '2026-05-01', job_title: 'Analyst' }),
    user('a2', { primary_email: 'ja.ne@gmail.com', last_active_at: '2026-05-20', email_verified: 'true' }),
    user('a3', { last_active_at: '2026-05-19' }),
    user('b1', { primary_email: 'bo@bo.com', name: 'Bo Marsh' }),
    ...Array.from({ length: 30 }, (_, i) =>
      user(`z${i + 10}`, { primary_email: `p${i}@x${i}.com`, name: `Per Son${i}` }),
    ),
  ]
  const contacts = [{ contact_id: 'c1', email: 'jane@acme.com', name: 'Jane Q. Roe', job_title: 'CFO', user_id: 'a1' }]
  const files = { users, contacts }
  await engine.client['import.run']({
    sources: Object.entries(files).map(([name, rows]) => engine.write(`${name}.csv`, csv(rows))),
  })
  return engine
}

test('a contact that nobody names is of the one person that has its address, as in lists', async () => {
  const engine = await startProject()
  const users = [
    user('a1'),
    user('b1', { primary_email: 'one@shared.com', name: 'Bo Marsh' }),
    user('b2', { primary_email: 'one@shared.com', name: 'Ida Vogt' }),
  ]
  const contacts = [
    { contact_id: 'c1', email: 'Ja.ne+crm@gmail.com', name: 'Jane Q. Roe', job_title: 'CFO', user_id: null },
    { contact_id: 'c2', email: 'one@shared.com', name: 'Bo Marsh', job_title: null, user_id: null },
  ]
  await engine.client['import.run']({
    sources: Object.entries({ users, contacts }).map(([name, rows]) => engine.write(`${name}.csv`, csv(rows))),
  })
  expect((await pageOf(engine)).contacts.map(({ key }) => key)).toEqual(['c1'])
  expect((await pageOf(engine, 'b1')).contacts).toEqual([])
  expect((await fieldOf(engine, 'job_title'))?.value).toBe('CFO')
  await engine.client['identity.setWord']({ list: 'role_inbox', entry: 'jane', isIn: true })
  expect((await pageOf(engine)).contacts).toEqual([])
})

const pageOf = async ({ client }: TestEngine, id = 'a1') => await client['identity.person']({ id })
const fieldOf = async (engine: TestEngine, field: string) =>
  (await pageOf(engine)).fields.find(one => one.field === field)

describe('values that hold', () => {
  test('each value says where it is from and why it holds; the others say what they lost by', async () => {
    const engine = await startJane()
    const page = await pageOf(engine, 'a3')
    expect(page).toMatchObject({ personId: 'a1', led: null, formerIds: [] })
    expect(page.users.map(({ key }) => key)).toEqual(['a1', 'a2', 'a3'])
    expect(page.contacts.map(({ key }) => key)).toEqual(['c1'])
    expect(page.fields.map(({ field }) => field)).toEqual(['name', 'primary_email', 'job_title'])
    expect(await fieldOf(engine, 'name')).toEqual({
      field: 'name',
      value: 'Jane Roe',
      reason: 'recent',
      records: [
        { object: 'user', key: 'a2', file: 'users.csv', line: 3 },
        { object: 'user', key: 'a3', file: 'users.csv', line: 4 },
      ],
      others: [
        { value: 'Jane R.', lostBy: 'recent', records: [{ object: 'user', key: 'a1', file: 'users.csv', line: 2 }] },
        {
          value: 'Jane Q. Roe',
          lostBy: 'source',
          records: [{ object: 'contact', key: 'c1', file: 'contacts.csv', line: 2 }],
        },
      ],
    })
    expect(await fieldOf(engine, 'primary_email')).toMatchObject({ value: 'ja.ne@gmail.com', reason: 'verified' })
    expect(await fieldOf(engine, 'job_title')).toMatchObject({ value: 'Analyst', reason: 'source' })
  })

  test('joining two records hands the address at the company over, and the card says so before', async () => {
    const engine = await startProject()
    const { client } = engine
    const users = [
      user('h1', { primary_email: 'zeb@quarkworks.com', name: 'Zeb Quark', last_active_at: '2026-05-01' }),
      user('h2', { primary_email: 'zebquark@gmail.com', name: 'Zebulon Quark', last_active_at: '2026-05-20' }),
      user('h3', { primary_email: 'team@quarkworks.com', name: 'Zeb Quark', last_active_at: '2026-05-25' }),
    ]
    await client['import.run']({ sources: [engine.write('users.csv', csv(users))] })
    const { handedOver } = await client['review.card']({ pair: persons('h1', 'h2') })
    expect(handedOver).toEqual([
      { field: 'name', value: 'Zebulon Quark', reason: 'fuller', replaced: ['Zeb Quark'] },
      { field: 'primary_email', value: 'zeb@quarkworks.com', reason: 'company', replaced: ['zebquark@gmail.com'] },
    ])
    const shared = await client['review.card']({ pair: persons('h2', 'h3') })
    expect(shared.handedOver[1]).toMatchObject({ value: 'zebquark@gmail.com', replaced: ['team@quarkworks.com'] })
    await answer(engine, 'h1', 'h2')
    const address = (await pageOf(engine, 'h2')).fields.find(({ field }) => field === 'primary_email')
    expect(address).toMatchObject({ value: 'zeb@quarkworks.com', reason: 'company' })
    expect((await client['review.card']({ pair: persons('h1', 'h2') })).handedOver).toEqual([])
    await client['identity.setDomain']({ domain: 'quarkworks.com', class: 'free_mail' })
    const set = (await pageOf(engine, 'h2')).fields.find(({ field }) => field === 'primary_email')
    expect(set).toMatchObject({ value: 'zebquark@gmail.com', reason: 'recent' })
  })

  test('a pin holds until it is taken back or given up, survives another import, and leaves scores as they are', async () => {
    const engine = await startJane()
    const { client } = engine
    const state = (await client['identity.overview']({})).state
    await client['identity.pin']({ id: 'a2', field: 'name', value: 'Jane Q. Roe' })
    await client['identity.pin']({ id: 'a1', field: 'job_title', value: 'CFO' })
    expect(await fieldOf(engine, 'name')).toMatchObject({ value: 'Jane Q. Roe', reason: 'pinned' })
    expect((await client['identity.overview']({})).state).toBe(state)
    await client['review.undo']({})
    expect(await fieldOf(engine, 'job_title')).toMatchObject({ value: 'Analyst' })
    await client['review.redo']({})
    expect(await fieldOf(engine, 'job_title')).toMatchObject({ value: 'CFO', reason: 'pinned' })
    await client['import.run']({ sources: [engine.write('more.csv', csv([user('a1', { name: 'J. Roe' })]))] })
    expect(await fieldOf(engine, 'name')).toMatchObject({ value: 'Jane Q. Roe', reason: 'pinned' })
    await client['identity.pin']({ id: 'a3', field: 'name', value: null })
    expect(await fieldOf(engine, 'name')).toMatchObject({ value: 'Jane Roe', reason: 'fuller' })
    const { entries } = await client['review.history']({})
    expect(entries[0]?.sentence).toContain('name as the records say')
    expect(entries.at(-1)?.sentence).toContain('name is "Jane Q. Roe"')
  })

  test('a value that no record has is refused', async () => {
    const { client } = await startJane()
    const wrong = client['identity.pin']({ id: 'a1', field: 'name', value: 'Joan' })
    await expect(wrong).rejects.toThrow('no record of the person has the name "Joan"; there is "Jane Roe"')
  })
})

describe('taking records out of a person', () => {
  test('holds for good, also over other records; undo brings them back', async () => {
    const engine = await startJane()
    const { client } = engine
    expect(await client['identity.split']({ users: ['a3'], note: 'her brother' })).toMatchObject({
      decisionNo: 1,
      contradictions: [],
    })
    expect((await pageOf(engine, 'a3')).users.map(({ key }) => key)).toEqual(['a3'])
    expect((await pageOf(engine, 'a1')).users.map(({ key }) => key)).toEqual(['a1', 'a2'])
    await client['import.run']({ sources: [engine.write('more.csv', csv([user('a4')]))] })
    const [one, other] = [await pageOf(engine, 'a1'), await pageOf(engine, 'a3')]
    expect([one, other].map(({ users }) => users.length).sort()).toEqual([1, 3])
    const { entries } = await client['review.history']({})
    expect(entries[0]).toMatchObject({ kind: 'split', isInForce: true })
    expect(entries[0]?.sentence).toBe('Jane Roe (jane@gmail.com) taken out of the person of Jane R. (jane@gmail.com)')
    const { history } = await client['review.card']({ pair: persons('a1', 'a3') })
    expect(history).toMatchObject([{ answer: 'different', note: 'her brother' }])
    await client['review.undo']({})
    expect((await pageOf(engine, 'a3')).users.map(({ key }) => key)).toEqual(['a1', 'a2', 'a3', 'a4'])
  })

  test('what was taken out together stays together', async () => {
    const engine = await startJane()
    await engine.client['identity.split']({ users: ['a2', 'a3'] })
    expect((await pageOf(engine, 'a2')).users.map(({ key }) => key)).toEqual(['a2', 'a3'])
    expect((await pageOf(engine, 'a1')).users.map(({ key }) => key)).toEqual(['a1'])
  })

  test('replaces answers about just these records; others that join them over a third are told, and nothing is kept', async () => {
    const engine = await startJane()
    const { client } = engine
    await answer(engine, 'a1', 'b1')
    await client['identity.split']({ users: ['a1'] })
    expect((await pageOf(engine, 'a1')).users.map(({ key }) => key)).toEqual(['a1'])
    expect((await client['identity.overview']({})).contradictions).toEqual([])
    await client['review.undo']({})
    const { files } = await client['import.run']({
      sources: [engine.write('x.csv', csv([user('x1', { name: 'Xe' })]))],
    })
    await answer(engine, 'a1', 'x1')
    await answer(engine, 'x1', 'a3')
    await client['import.undo']({ importId: files[0]?.importId ?? 0 })
    const { decisionNo, contradictions } = await client['identity.split']({ users: ['a1'] })
    expect(decisionNo).toBe(null)
    expect(contradictions[0]?.sentence).toContain('cannot be kept apart: earlier answers join them')
    expect(contradictions[0]?.path.map(({ a, b }) => `${a} ${b}`)).toEqual(['a1 x1', 'x1 a3'])
  })

  test.each([
    { why: 'not of one person', users: ['a1', 'b1'], says: 'not of one person' },
    { why: 'all of them', users: ['a1', 'a2', 'a3'], says: 'nothing would stay' },
    { why: 'one that is not there', users: ['none'], says: 'no row of the users table' },
  ])('refused: $why', async ({ users, says }) => {
    const { client } = await startJane()
    await expect(client['identity.split']({ users })).rejects.toThrow(says)
  })
})

test('a file of answers takes records out and pins values, in one batch; what does not fit is told by its number', async () => {
  const engine = await startJane()
  const { client } = engine
  const row = (answered: string, rest: Readonly<Record<string, string>> = {}) => ({
    question: 'persons',
    a: 'a1',
    b: '',
    answer: answered,
    field: '',
    value: '',
    ...rest,
  })
  const rows = [
    row('pin', { field: 'name', value: 'Jane R.' }),
    row('split', { a: 'a2;a3' }),
    row('pin', { field: 'shoe size', value: '38' }),
    row('pin', { field: 'name', value: 'Joan' }),
    row('split', { b: 'a2' }),
    row('different', { b: 'b1' }),
  ]
  const source = engine.write('decisions.csv', csv(rows))
  const dry = await client['review.load']({ source, dryRun: true })
  const loaded = await client['review.load']({ source })
  for (const { kept, broken, rows: count } of [dry, loaded]) {
    expect({ kept, count }).toEqual({ kept: 3, count: 6 })
    expect(broken.map(({ record }) => record)).toEqual([3, 4, 5])
  }
  expect(dry.steps.canUndo).toBe(false)
  expect((await pageOf(engine, 'a1')).fields[0]).toMatchObject({ value: 'Jane R.' })
  expect((await pageOf(engine, 'a2')).users).toHaveLength(2)
  await client['review.undo']({})
  expect((await pageOf(engine, 'a1')).users).toHaveLength(3)
  expect(await fieldOf(engine, 'name')).toMatchObject({ value: 'Jane Roe' })
})

test('records are found by name, address and id; those that begin with the text first', async () => {
  const { client } = await startJane()
  const keysOf = async (text: string, limit = 8) => {
    const { found, matching } = await client['identity.find']({ object: 'user', text, limit })
    return [matching, found.map(({ key }) => key)]
  }
  expect(await keysOf('JANE', 2)).toEqual([3, ['a1', 'a2']])
  expect(await keysOf('marsh')).toEqual([1, ['b1']])
  expect(await keysOf('nobody at all')).toEqual([0, []])
})
