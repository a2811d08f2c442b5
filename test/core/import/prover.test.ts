import { describe, expect, test } from 'vitest'
import { createProver, type FileProof, planFile } from '#import'
import type { FilePlan, ImportOptions } from '#schema/import'
import { bytesOf, readFile } from './read-file.ts'

function prove(file: string, text: string, options: ImportOptions = {}, chunk = 7): FileProof {
  const bytes = bytesOf(text)
  let plan = planFile({ file, head: bytes, size: bytes.length, isWhole: true, options })
  for (;;) {
    const prover = createProver(plan, options)
    for (let at = 0; at < bytes.length; at += chunk) prover.push(bytes.slice(at, at + chunk))
    const proof = prover.end()
    if (!proof.isRedo) return proof
    plan = proof.plan
  }
}

function proveBy(plan: FilePlan, text: string): FileProof {
  const prover = createProver(plan, {})
  prover.push(bytesOf(text))
  return prover.end()
}

const TEXT = [
  'deal_id,status,amount,created_at,note',
  'd1,won,"1,250.50",2026-05-01,x',
  'd2,Won,12,2026-05-02,',
  'd3,pending,,45321,',
  ',lost,7,2026-05-04,',
  'd5,lost,seven,2026-02-30,',
  'd6,lost',
  '',
  'd7,open,8,2026-05-07 10:00,',
].join('\n')

describe('a whole file proves', () => {
  const proof = prove('deals.csv', TEXT)
  const field = (name: string) => proof.fields.find(each => each.field === name)

  test('its accounts', () => {
    expect(proof).toMatchObject({ read: 8, readable: 3, held: 4, skipped: 1, questions: [] })
  })
  test('what each column holds', () => {
    expect(field('deal_id')).toMatchObject({ from: ['deal_id'], filled: 5, missing: 1, isRequired: true })
    expect(field('amount')).toMatchObject({
      filled: 5,
      missing: 1,
      counts: { point: 1 },
      reading: { kind: 'number', decimal: '.' },
    })
    expect(field('created_at')).toMatchObject({ filled: 6, counts: { iso: 4, zoneless: 1 } })
  })
  test('words for nothing as missing, as an import takes them', () => {
    const { fields } = prove('users.csv', 'user_id,name,created_at\nu1,\\N,2026-05-01\nu2,NULL,n/a\nu3,n/a,\\N\n')
    expect(fields.map(({ filled, missing, samples }) => [filled, missing, samples])).toEqual([
      [3, 0, ['u1', 'u2', 'u3']],
      [1, 2, ['n/a']],
      [1, 2, ['2026-05-01']],
    ])
  })
  test('every fault of a record, not only its first', () => {
    expect(field('deal_id')?.faults).toEqual([{ code: 'value/missing', count: 1, lines: [5], values: [''] }])
    expect(field('amount')?.faults).toEqual([{ code: 'value/not-a-number', count: 1, lines: [6], values: ['seven'] }])
    expect(field('created_at')?.faults).toEqual([
      { code: 'value/impossible-date', count: 1, lines: [6], values: ['2026-02-30'] },
      { code: 'value/serial-date', count: 1, lines: [4], values: ['45321'] },
    ])
    expect(proof.faults).toEqual([{ code: 'row/too-few-fields', count: 1, lines: [7], values: ['d6,lost'] }])
  })
  test('which words of a column of yes and no cannot be read, and which a mapping settles', () => {
    const text = 'user_id,is_workspace_admin\nu1,Chief\nu2,yes\nu3,Chief\nu4,\n'
    const wordsOf = (given: FilePlan): unknown =>
      proveBy(given, text).fields.find(each => each.field === 'is_workspace_admin')?.values
    const plan = planFile({ file: 'users.csv', head: bytesOf(text), size: null, isWhole: true, options: {} })
    expect(wordsOf(plan)).toEqual([
      { value: 'Chief', count: 2, isFault: true },
      { value: 'yes', count: 1 },
    ])
    const columns = plan.columns.map(each =>
      each.column === 'is_workspace_admin' ? { ...each, settings: { values: { Chief: 'true' } } } : each,
    )
    const mapped = proveBy({ ...plan, columns }, text)
    expect(mapped).toMatchObject({ readable: 4, held: 0, notes: [] })
    expect(wordsOf({ ...plan, columns })).toEqual([
      { value: 'Chief', count: 2 },
      { value: 'yes', count: 1 },
    ])
  })
  test('the values of a list, with their counts', () => {
    expect(field('status')?.values).toEqual([
      { value: 'lost', count: 2 },
      { value: 'Won', count: 1 },
      { value: 'open', count: 1 },
      { value: 'pending', count: 1 },
      { value: 'won', count: 1 },
    ])
    expect(proof.notes.map(({ code }) => code)).toEqual(['note/no-offset', 'note/unlisted-values'])
  })
  test('the same whatever the chunks, and the same accounts as an import', () => {
    expect(prove('deals.csv', TEXT, {}, 10_000)).toEqual(proof)
    expect(readFile('deals.csv', TEXT).result).toMatchObject({ read: 8, emitted: 3, held: 4, skipped: 1 })
  })
})

test('what two readings fit is asked with counts, and answered', () => {
  const text = 'user_id,created_at\n1,03/04/2026\n2,05/05/2026\n3,01/02/2026\n'
  expect(prove('users.csv', text).questions).toEqual([
    {
      column: 'created_at',
      flag: '--date-order',
      answers: ['dmy', 'mdy'],
      counts: [0, 0],
      both: 2,
      example: '03/04/2026',
    },
  ])
  expect(prove('users.csv', text, { dateOrder: 'dmy' }).questions).toEqual([])
})

test('a reading that the head did not show is proved over again', () => {
  const text = `user_id,created_at\n1,04/13/2026\n${Array.from({ length: 80 }, (_, i) => `${i + 2},${13 + (i % 15)}/03/2026\n`).join('')}`
  const proof = prove('users.csv', text)
  expect(proof.fields.find(({ field }) => field === 'created_at')).toMatchObject({
    reading: { form: 'dmy' },
    counts: { dmy: 80, mdy: 1 },
    faults: [{ code: 'value/impossible-date', count: 1, lines: [2] }],
  })
})

test('zeros that a spreadsheet took away are told, and loaded as written', () => {
  const ids = ['00123', '00456', '789', '99999', '42']
  const proof = prove('users.csv', `user_id,name\n${ids.map(id => `${id},n\n`).join('')}`)
  expect(proof.readable).toBe(5)
  expect(proof.notes).toMatchObject([{ code: 'note/lost-zeros', column: 'user_id', count: 2, lines: [4, 6] }])
})

test.each([
  { why: 'ids of one length', ids: ['00123', '00456', '99999'] },
  { why: 'ids without zeros', ids: ['1', '22', '333'] },
  { why: 'ids that begin with zeros in several lengths', ids: ['001', '0001', '5'] },
  { why: 'ids that are longer than those with zeros', ids: ['001', '5', '12345'] },
  { why: 'zero itself', ids: ['0', '1', '22'] },
  { why: 'ids with letters', ids: ['00a', '1', '22'] },
])('$why have lost nothing', ({ ids }) => {
  expect(prove('users.csv', `user_id,name\n${ids.map(id => `${id},n\n`).join('')}`).notes).toEqual([])
})
