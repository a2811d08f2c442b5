import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
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
