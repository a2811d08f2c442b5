import { describe, expect, test } from 'vitest'
import { createKeyReader, createReferenceReader, MOST_REFERRED, planFile, type ReferredIds } from '#import'
import type { FilePlan, KeyDoubt } from '#schema/import'

type Text = Readonly<{ file: string; text: string }>

const planOf = ({ file, text }: Text): FilePlan =>
  planFile({ file, head: new TextEncoder().encode(text), size: null, isWhole: true, options: {} })

function referredIn(source: Text): readonly ReferredIds[] {
  const reader = createReferenceReader(planOf(source), {})
  for (const byte of new TextEncoder().encode(source.text)) reader.push(Uint8Array.of(byte))
  return reader.end(true)
}

function doubtOf(users: Text, ...others: readonly Text[]): KeyDoubt | null {
  const reader = createKeyReader(planOf(users), {}, others.flatMap(referredIn))
  reader.push(new TextEncoder().encode(users.text))
  return reader.end()
}

const USERS = {
  file: 'users.csv',
  text: 'id,name,external_id,email\n1,Ada,u1,a@x.example\n2,Bob,u2,b@x.example\n3,Cy,u3,c@x.example\n4,Di,u4,d@x.example\n',
}
const eventsOf = (ids: readonly string[], file = 'events.csv'): Text => ({
  file,
  text: `event_name,timestamp,user_id\n${ids.map(id => `login,2026-05-01T00:00:00Z,${id}`).join('\n')}`,
})
const membersOf = (ids: readonly string[]): Text => ({
  file: 'memberships.csv',
  text: `user_id,workspace_id\n${ids.map(id => `${id},w1`).join('\n')}\n`,
})

describe('the key of a file and the ids that others refer to', () => {
  test('another column that has them is told of, with counts', () => {
    expect(doubtOf(USERS, eventsOf(['u1', 'u2', 'u2', 'u3', 'u9']))).toEqual({
      table: 'users',
      field: 'user_id',
      headers: ['id'],
      other: 'external_id',
      files: [{ file: 'events.csv', column: 'user_id', ids: 4, isAll: true, inKey: 0, inOther: 3 }],
      isSplit: false,
      message:
        '"id" is read as user_id, but 3 of 4 different user_id in events.csv are in "external_id", 0 in "id". If "external_id" is what they refer to, let it be user_id: on the board, or by a mapping with "from": ["external_id"] for it (pql inspect --write-map, then --map).',
    })
  })

  test.each([
    { why: 'ids that are in the key', others: [eventsOf(['1', '2', '3'])] },
    { why: 'ids that are in neither', others: [eventsOf(['x', 'y', 'z'])] },
    { why: 'fewer than half of the ids in the other column', others: [eventsOf(['u1', 'u2', 'x', 'y', 'z'])] },
    { why: 'too few ids to tell', others: [eventsOf(['u1', 'u2'])] },
    { why: 'nothing that refers to it', others: [] },
  ])('nothing is said for $why', ({ others }) => {
    expect(doubtOf(USERS, ...others)).toBeNull()
  })

  const MANY = [...Array.from({ length: 30 }, (_, i) => `x${i}`), 'u1', 'u2', 'u3', 'u4']

  test('a file of some of the records is told of by its own cells, where the key has none of the ids', () => {
    const found = doubtOf(USERS, eventsOf(MANY))
    expect(found).toMatchObject({ other: 'external_id', isSplit: false, files: [{ ids: 34, inKey: 0, inOther: 4 }] })
    const half = USERS.text.replaceAll(/u[34]/g, '')
    expect(doubtOf({ ...USERS, text: `${half}5,Ed,u5,e@x.example\n` }, eventsOf([...MANY, 'u5']))).not.toBeNull()
  })

  test.each([
    { why: 'the key has one of the ids', text: USERS.text, ids: [...MANY, '1'] },
    {
      why: 'fewer than half of the cells are ids',
      text: USERS.text.replace(/$/, '5,Ed,v5,e\n6,Flo,v6,f\n7,G,v7,g\n8,H,v8,h\n9,I,v9,i\n'),
      ids: MANY,
    },
    {
      why: 'the cells name few records again and again',
      text: USERS.text.replaceAll(/u4/g, 'u3').replace(/$/, '5,Ed,u1,e\n6,Flo,u1,f\n7,G,u2,g\n'),
      ids: MANY,
    },
  ])('it is not where $why', ({ text, ids }) => {
    expect(doubtOf({ ...USERS, text }, eventsOf(ids))).toBeNull()
  })

  test('a column that few rows fill is not told of', () => {
    const rows = Array.from({ length: 9 }, (_, i) => `${i},Name ${i},${i < 3 ? `u${i}` : ''}\n`).join('')
    const users = { file: 'users.csv', text: `user_id,name,merged_into\n${rows}` }
    expect(doubtOf(users, eventsOf(['u0', 'u1', 'u2', 'x3', 'x4', 'x5', 'x6', 'x7']))).toBeNull()
  })

  test('a column that fills another field may be the key, too', () => {
    const found = doubtOf(USERS, membersOf(['a@x.example', 'b@x.example', 'd@x.example']))
    expect(found).toMatchObject({ other: 'email', files: [{ inOther: 3, inKey: 0 }] })
  })

  test('rows that would be held count with their ids', () => {
    const rows = [1, 2, 3, 4].map(n => `${n},u${n},${n === 1 ? 'yes' : 'Chief'}\n`)
    const users = { file: 'users.csv', text: `id,external_id,is_workspace_admin\n${rows.join('')}` }
    expect(doubtOf(users, eventsOf(['u1', 'u2', 'u3']))).toMatchObject({ files: [{ ids: 3, inOther: 3 }] })
  })

  test('files that refer to different columns are both told', () => {
    const found = doubtOf(USERS, eventsOf(['u1', 'u2', 'u3']), membersOf(['1', '2', '3', '4']))
    expect(found).toMatchObject({
      isSplit: true,
      files: [
        { file: 'events.csv', inOther: 3, inKey: 0 },
        { file: 'memberships.csv', inOther: 0, inKey: 4 },
      ],
    })
    expect(found?.message).toContain('only one of them can be user_id')
  })

  test('in JSON, ids are compared as they are written, numbers and texts alike', () => {
    const text = [1, 2, 3].map(n => JSON.stringify({ id: `x${n}`, legacy_id: n, name: `N${n}` })).join('\n')
    const found = doubtOf({ file: 'users.jsonl', text }, eventsOf(['1', '2', '3']))
    expect(found).toMatchObject({ headers: ['id'], other: 'legacy_id', files: [{ inOther: 3 }] })
  })

  test('where half of the ids are in the key, no more is read', () => {
    const reader = createKeyReader(planOf(USERS), {}, referredIn(eventsOf(['1', '2', '3', '4'])))
    expect(reader.isSettled()).toBe(false)
    reader.push(new TextEncoder().encode(USERS.text.repeat(2000)))
    expect(reader.isSettled()).toBe(true)
  })

  test('no more ids are kept than are looked at, and the words say so', () => {
    const ids = Array.from({ length: MOST_REFERRED + 5 }, (_, i) => `u${i}`)
    const [referred] = referredIn(membersOf(ids))
    expect(referred).toMatchObject({ column: 'user_id', isAll: false })
    expect(referred?.ids.size).toBe(MOST_REFERRED)
    const text = `id,external_id\n${ids.map((id, i) => `${i},${id}`).join('\n')}\n`
    expect(doubtOf({ file: 'users.csv', text }, membersOf(ids))?.message).toContain(
      '10000 of the first 10000 different',
    )
  })
})
