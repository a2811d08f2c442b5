import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startEngine } from './support/engine.ts'

const FIELDS = '{"key": "id", "kind": "person", "full_name": "name", "email": "mail"}'
const PEOPLE = 'id,name,mail\na,Zoltan Quark,zq@acme.org\nb,Zoltan Quark,zq@acme.org\nc,Ida Sandberg,ida@acme.org\n'

test("'identity.records' needs no project, counts what it did and writes it", async () => {
  const engine = startEngine()
  const records = engine.write('people.csv', PEOPLE)
  const target = join(engine.folder, 'resolved')
  const result = await engine.client['identity.records']({ records, fields: FIELDS, target })
  expect(result).toMatchObject({
    folder: target,
    records: 3,
    leftOut: { withoutKey: 0, repeatedKeys: 0, broken: 0 },
    auto: { clusters: 2, mergedRecords: 2, largest: 2 },
  })
  expect(readFileSync(join(target, 'clusters.csv'), 'utf8')).toContain('b,a')
  await engine.close()
})

describe('a table that is UTF-8 but for one byte', () => {
  const fields = '{"key": "clé", "kind": "person", "first_name": "prénom", "last_name": "nom", "email": "courriel"}'
  const csv = 'clé,prénom,nom,courriel\na,Zoltán,Quark,zq@acme.org\nb,Zoltán,Quark,zq@acme.org\n'
  const json = (id: string): string =>
    `{"clé": "${id}", "prénom": "Zoltán", "nom": "Quark", "courriel": "zq@acme.org"}\n`
  const bad = (text: string): Buffer => Buffer.from(text, 'latin1')
  test.each([
    { why: 'a CSV file', name: 'people.csv', bytes: [Buffer.from(csv), bad('c,J\xf6rg,Doe,j@acme.org\n')] },
    {
      why: 'JSON lines',
      name: 'people.jsonl',
      bytes: [Buffer.from(json('a') + json('b')), bad('{"cl\xe9": "c", "nom": "J\xf6rg"}\n')],
    },
  ])('$why keeps the names of its columns', async ({ name, bytes }) => {
    const engine = startEngine()
    const records = engine.write(name, Buffer.concat(bytes))
    const target = join(engine.folder, 'resolved')
    const result = await engine.client['identity.records']({ records, fields, target })
    expect(result).toMatchObject({
      records: 3,
      leftOut: { withoutKey: 0, repeatedKeys: 0, broken: 0 },
      auto: { clusters: 2, mergedRecords: 2, largest: 2 },
    })
    await engine.close()
  })
})

test('a table in an encoding that is not windows-1252 keeps the names of its columns', async () => {
  const engine = startEngine()
  const cyrillic = (text: string): Buffer =>
    Buffer.from([...text].map(letter => ((letter.codePointAt(0) ?? 0) + (letter > '\u0400' ? 0xc0 - 0x410 : 0)) & 255))
  const people =
    'ключ,имя,почта\na,Иван Петров,ivan@acme.ru\nb,Иван Петров,ivan@acme.ru\nc,Анна Смирнова,anna@acme.ru\n'
  const records = engine.write('people.csv', cyrillic(people))
  const target = join(engine.folder, 'resolved')
  const fields = '{"key": "ключ", "kind": "person", "full_name": "имя", "email": "почта"}'
  const result = await engine.client['identity.records']({ records, fields, target })
  expect(result).toMatchObject({ records: 3, leftOut: { broken: 0 }, auto: { clusters: 2 } })
  await engine.close()
})

test('two records of one address at a free-mail provider called list join', async () => {
  const engine = startEngine()
  const people = 'id,name,mail\na,Ivan Petrov,ivan.petrov@list.ru\nb,Ivan Petrov,ivan.petrov@list.ru\n'
  const records = engine.write('people.csv', people)
  const target = join(engine.folder, 'resolved')
  const { auto } = await engine.client['identity.records']({ records, fields: FIELDS, target })
  expect(auto).toMatchObject({ clusters: 1, mergedRecords: 2, largest: 2 })
  await engine.close()
})

test("'identity.evaluate' wants records or clusters, and judges JSON lines as it does CSV", async () => {
  const engine = startEngine()
  const truth = engine.write('truth.csv', 'record_id,cluster_id\na,1\nb,1\nc,2\n')
  await expect(engine.client['identity.evaluate']({ truth })).rejects.toMatchObject({ code: 'usage/bad-argument' })
  const lines = '{"id": "a", "mail": "zq@acme.org"}\n{"id": "b", "mail": ["zq@acme.org", "z@b.net"]}\n{"id": "c"}\n'
  const records = engine.write('people.jsonl', lines)
  const { auto } = await engine.client['identity.evaluate']({ truth, records, fields: FIELDS })
  expect(auto).toMatchObject({ judged: 3, missing: 0, judgement: { pairwise: { precision: 1, recall: 1, f1: 1 } } })
  await engine.close()
})

const FOUR = 'id,name,mail\na,,zq@acme.org\nb,,zq@acme.org\nc,,cee@four.net\nd,,dee@five.net\n'

test('figures at a threshold are those of the curve there, and what the truth does not know is not judged', async () => {
  const engine = startEngine()
  const records = engine.write('people.csv', FOUR)
  // Of c and d nothing is said; the table has no e and f, who are one.
  const truth = engine.write('truth.csv', 'record_id,cluster_id\na,1\nb,1\nc,\nd, \ne,2\nf,2\n')
  const { auto, review, curve, unjudged } = await engine.client['identity.evaluate']({ truth, records, fields: FIELDS })
  expect(unjudged).toBe(2)
  expect(auto).toMatchObject({ judged: 4, missing: 2, judgement: { pairwise: { precision: 1, recall: 1 / 2 } } })
  expect(curve.find(({ bits }) => bits === 7)?.judgement).toEqual(auto.judgement)
  expect(curve.find(({ bits }) => bits === 0)?.judgement).toEqual(review?.judgement)
  await engine.client['identity.records']({ records, fields: FIELDS, target: engine.path('out') })
  const folder = await engine.client['identity.evaluate']({ truth, clusters: engine.path('out') })
  expect(folder).toMatchObject({ auto, review, unjudged })
  await engine.close()
})

test('a record in two clusters of the truth is refused with both; the same row twice is one', async () => {
  const engine = startEngine()
  const records = engine.write('people.csv', FOUR)
  const evaluate = async (rows: string) =>
    await engine.client['identity.evaluate']({
      truth: engine.write('truth.csv', `record_id,cluster_id\n${rows}`),
      records,
      fields: FIELDS,
    })
  await expect(evaluate('a,1\nb,1\na,2\n')).rejects.toMatchObject({
    code: 'usage/bad-argument',
    message:
      'truth.csv: record "a" is in two clusters, "1" (row 1) and "2" (row 3); a record is of one: leave out one of the two rows',
  })
  expect((await evaluate('a,1\nb,1\na,1\na,\n')).auto).toMatchObject({ judged: 2 })
  await engine.close()
})
