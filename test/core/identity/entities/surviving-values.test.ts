import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type NameForm,
  survivingValues,
  type ValueRecord,
} from '../../../../core/identity/entities/surviving-values.ts'

type Sketch = Readonly<{ key: string; name: string; source?: number; at?: number; isVerified?: boolean; kind?: number }>
const record = ({ key, name, source = 0, at, isVerified = false, kind = 0 }: Sketch): ValueRecord => ({
  key,
  source,
  at: at ?? null,
  values: new Map([['name', name]]),
  verified: new Set(isVerified ? ['name'] : []),
  kinds: new Map([['name', kind]]),
  mailboxes: new Map([['name', { name: name.replace(/\+.*/, ''), isTagged: name.includes('+') }]]),
  names: new Map(name.includes('+') ? [] : [['name', formOf(name)]]),
})
const formOf = (name: string): NameForm => {
  const [given = '', family = ''] = name.toLowerCase().replace('.', '').split(' ')
  return { given, family }
}

const CASES: readonly Readonly<{
  why: string
  records: readonly Sketch[]
  pin?: string
  is: readonly [string, string | null]
}>[] = [
  {
    why: 'one value needs no reason',
    records: [
      { key: 'a', name: 'Jo' },
      { key: 'b', name: 'Jo' },
    ],
    is: ['Jo', null],
  },
  {
    why: 'a pin goes before everything',
    records: [
      { key: 'a', name: 'Jo', isVerified: true, at: 9 },
      { key: 'b', name: 'Joanna', source: 1 },
    ],
    pin: 'Joanna',
    is: ['Joanna', 'pinned'],
  },
  {
    why: 'a pin that no record has any more holds',
    records: [{ key: 'a', name: 'Jo' }],
    pin: 'Joe',
    is: ['Joe', 'pinned'],
  },
  {
    why: 'a source goes before what is verified',
    records: [
      { key: 'a', name: 'Jo', source: 1, isVerified: true },
      { key: 'b', name: 'Joanna' },
    ],
    is: ['Joanna', 'source'],
  },
  {
    why: 'verified goes before recent',
    records: [
      { key: 'a', name: 'Jo', at: 9 },
      { key: 'b', name: 'Joanna', at: 1, isVerified: true },
    ],
    is: ['Joanna', 'verified'],
  },
  {
    why: 'the better kind goes before recent',
    records: [
      { key: 'a', name: 'Jo', at: 9, kind: 1 },
      { key: 'b', name: 'Joanna', at: 1 },
    ],
    is: ['Joanna', 'company'],
  },
  {
    why: 'verified goes before the better kind',
    records: [
      { key: 'a', name: 'Jo', isVerified: true, kind: 1 },
      { key: 'b', name: 'Joanna', at: 9 },
    ],
    is: ['Jo', 'verified'],
  },
  {
    why: 'without the tag goes before verified and recent',
    records: [
      { key: 'a', name: 'jo+news', isVerified: true, at: 9 },
      { key: 'b', name: 'jo', at: 1, kind: 1 },
    ],
    is: ['jo', 'untagged'],
  },
  {
    why: 'a pin goes before what has no tag',
    records: [
      { key: 'a', name: 'jo+news' },
      { key: 'b', name: 'jo' },
    ],
    pin: 'jo+news',
    is: ['jo+news', 'pinned'],
  },
  {
    why: 'so does a source',
    records: [
      { key: 'a', name: 'jo+news' },
      { key: 'b', name: 'jo', source: 1 },
    ],
    is: ['jo+news', 'source'],
  },
  {
    why: 'what speaks for a tagged spelling speaks for the mailbox',
    records: [
      { key: 'a', name: 'jo+news', at: 9 },
      { key: 'b', name: 'jo', at: 1 },
      { key: 'c', name: 'ann', at: 5 },
    ],
    is: ['jo', 'untagged'],
  },
  {
    why: 'a tag of another mailbox changes nothing',
    records: [
      { key: 'a', name: 'jo+news', at: 9 },
      { key: 'b', name: 'ann', at: 1 },
    ],
    is: ['jo+news', 'recent'],
  },
  {
    why: 'the fuller name goes before verified and recent',
    records: [
      { key: 'a', name: 'J. Fox', isVerified: true, at: 9 },
      { key: 'b', name: 'Jessica Fox', at: 1 },
    ],
    is: ['Jessica Fox', 'fuller'],
  },
  {
    why: 'a pin goes before the fuller name',
    records: [
      { key: 'a', name: 'J. Fox' },
      { key: 'b', name: 'Jessica Fox' },
    ],
    pin: 'J. Fox',
    is: ['J. Fox', 'pinned'],
  },
  {
    why: 'so does a source that is believed first',
    records: [
      { key: 'a', name: 'J. Fox' },
      { key: 'b', name: 'Jessica Fox', source: 1, at: 9 },
    ],
    is: ['J. Fox', 'source'],
  },
  {
    why: 'what speaks for a short form speaks for the fuller name',
    records: [
      { key: 'a', name: 'J. Fox', at: 9 },
      { key: 'b', name: 'Jessica Fox', at: 1 },
      { key: 'c', name: 'Jessica Roe', at: 5 },
    ],
    is: ['Jessica Fox', 'fuller'],
  },
  {
    why: 'recent goes before frequent',
    records: [
      { key: 'a', name: 'Jo', at: 1 },
      { key: 'b', name: 'Jo', at: 2 },
      { key: 'c', name: 'Joanna', at: 3 },
    ],
    is: ['Joanna', 'recent'],
  },
  {
    why: 'a time goes before none',
    records: [
      { key: 'a', name: 'Jo' },
      { key: 'b', name: 'Joanna', at: -5 },
    ],
    is: ['Joanna', 'recent'],
  },
  {
    why: 'frequent goes before the order of keys',
    records: [
      { key: 'a', name: 'Jo' },
      { key: 'b', name: 'Joanna' },
      { key: 'c', name: 'Joanna' },
    ],
    is: ['Joanna', 'frequent'],
  },
  {
    why: 'at last the smaller key',
    records: [
      { key: 'b', name: 'Jo' },
      { key: 'a', name: 'Joanna' },
    ],
    is: ['Joanna', 'order'],
  },
]

describe('the value that holds', () => {
  test.each(CASES)('$why', ({ records, pin, is }) => {
    const pins = new Map(pin === undefined ? [] : [['name', pin]])
    const [found] = survivingValues(records.map(record), pins)
    expect([found?.value, found?.reason]).toEqual(is)
  })

  const sketch = fc.record({
    name: fc.constantFrom('x', 'y', 'z', 'x+a', 'x+b', 'x f', 'xy f', 'xyz f', 'xa f', 'xy g', 'xy'),
    source: fc.nat(1),
    at: fc.option(fc.nat(3), { nil: undefined }),
    isVerified: fc.boolean(),
    kind: fc.nat(2),
  })

  test('no value is lost, the order of records changes nothing, and what is pinned holds', () => {
    fc.assert(
      fc.property(
        fc.array(sketch, { minLength: 1, maxLength: 7 }),
        fc.constantFrom('x', 'y', null),
        (sketches, pin) => {
          const records = sketches.map((one, i) => record({ key: `k${i}`, ...one, at: one.at ?? undefined } as Sketch))
          const pins = new Map(pin === null ? [] : [['name', pin]])
          const [found] = survivingValues(records, pins)
          const held = [...(found?.records ?? []), ...(found?.others ?? []).flatMap(other => other.records)]
          expect(held.toSorted()).toEqual(records.map(({ key }) => key).toSorted())
          expect(survivingValues(records.toReversed(), pins)).toEqual([found])
          if (pin !== null) expect(found?.value).toBe(pin)
        },
      ),
    )
  })

  test('what lost would win without what it lost to', () => {
    fc.assert(
      fc.property(fc.array(sketch, { minLength: 2, maxLength: 7 }), sketches => {
        const records = sketches.map((one, i) => record({ key: `k${i}`, ...one, at: one.at ?? undefined } as Sketch))
        const [found] = survivingValues(records, new Map())
        const [next] = found?.others ?? []
        if (found === undefined || next === undefined) return
        const without = records.filter(({ key }) => !found.records.includes(key))
        expect(survivingValues(without, new Map())[0]?.value).toBe(next.value)
      }),
    )
  })
})
