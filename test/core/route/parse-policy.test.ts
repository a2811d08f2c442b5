import { expect, test } from 'vitest'
import { DEFAULT_POLICY, parsePolicy } from '../../../core/route/index.ts'

const holding = { id: '9', title: 'All', destination: 'nurture' }
const policy = (rules: unknown): unknown => ({ version: 1, name: 'Mine', rules })

test('the default policy survives its JSON', () => {
  expect(parsePolicy(JSON.parse(JSON.stringify(DEFAULT_POLICY)))).toEqual(DEFAULT_POLICY)
})

test.each<{ why: string; json: unknown; path: string }>([
  { why: 'a text', json: 'text', path: '' },
  { why: 'no object', json: [], path: '' },
  { why: 'no rules', json: policy([]), path: 'rules' },
  {
    why: 'a destination nobody knows',
    json: policy([{ ...holding, destination: 'fax' }]),
    path: 'rules.0.destination',
  },
  {
    why: 'a fact nobody knows',
    json: policy([{ ...holding, id: '1', all: [{ fact: 'mood', op: '=', value: 1 }] }, holding]),
    path: 'rules.0.all.0.fact',
  },
  {
    why: 'a figure without end',
    json: policy([{ ...holding, id: '1', all: [{ fact: 'score', op: '>=', value: 1e16 }] }, holding]),
    path: 'rules.0.all.0.value',
  },
  {
    why: 'a last rule that may not hold',
    json: policy([{ ...holding, all: [{ fact: 'is_paid', op: '=', value: true }] }]),
    path: 'rules',
  },
  { why: 'two rules of one id', json: policy([holding, holding]), path: 'rules.1.id' },
  {
    why: 'a field nobody knows',
    json: { version: 1, name: 'x', rules: [holding], colour: 'red' },
    path: '',
  },
])('$why is refused with its place', ({ json, path }) => {
  expect(() => parsePolicy(json)).toThrow(
    expect.objectContaining({ code: 'usage/bad-policy', context: expect.objectContaining({ path }) }),
  )
})
