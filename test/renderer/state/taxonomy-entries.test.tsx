import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changesOf } from '../../../renderer/src/state/taxonomy-changes.ts'
import {
  addPattern,
  commonPattern,
  type Entry,
  kindFault,
  mapNames,
  moveKind,
  takerOf,
  unmapNames,
} from '../../../renderer/src/state/taxonomy-entries.ts'

const entry = (kind: string, match: readonly string[] = []): Entry => ({
  kind,
  match: [...match],
  category: 'other',
  highIntent: false,
})
const ENTRIES = [entry('pricing', ['pricing', 'viewed_*']), entry('login', ['login', 'signed_in']), entry('export')]
const matchOf = (entries: readonly Entry[]): Record<string, readonly string[]> =>
  Object.fromEntries(entries.map(({ kind, match }) => [kind, match]))

test.each<readonly [why: string, names: readonly string[], kind: string, want: Record<string, readonly string[]>]>([
  [
    'a synonym is added in normal form',
    ['Saw Pricing'],
    'pricing',
    { pricing: ['pricing', 'viewed_*', 'saw_pricing'] },
  ],
  ['not where a pattern takes it', ['Viewed Plans'], 'pricing', {}],
  ['nor where the kind has that name', ['Export'], 'export', {}],
  ['it leaves the kind that had it', ['Signed In'], 'export', { login: ['login'], export: ['signed_in'] }],
  ['two spellings are one synonym', ['A b', 'aB'], 'export', { export: ['a_b'] }],
  ['a name without a normal form is left alone', ['日本'], 'export', {}],
])('%s', (_why, names, kind, want) => {
  expect(matchOf(mapNames(ENTRIES, names, kind))).toEqual({ ...matchOf(ENTRIES), ...want })
})

test('what an earlier kind takes by a wildcard stays there; a synonym that is taken out is gone', () => {
  expect(takerOf(mapNames(ENTRIES, ['Viewed Login'], 'login'), 'Viewed Login')?.kind).toBe('pricing')
  expect(takerOf(unmapNames(ENTRIES, ['Signed In']), 'Signed In')).toBeNull()
})

const name = fc.array(fc.constantFrom('viewed', 'pricing', 'login', 'x'), { minLength: 1, maxLength: 3 })

test('a mapped name has its kind unless an earlier one keeps it, and nobody else moves', () => {
  fc.assert(
    fc.property(fc.array(name, { maxLength: 5 }), fc.nat({ max: 2 }), name, (rows, place, other) => {
      const kind = ENTRIES[place]?.kind ?? ''
      const names = rows.map(words => words.join(' '))
      const after = mapNames(ENTRIES, names, kind)
      for (const one of names) {
        const taker = after.findIndex(({ kind: taken }) => taken === takerOf(after, one)?.kind)
        expect(taker).toBeLessThanOrEqual(place)
      }
      if (!names.map(one => one.replaceAll(' ', '_')).includes(other.join('_')))
        expect(takerOf(after, other.join(' '))?.kind).toBe(takerOf(ENTRIES, other.join(' '))?.kind)
    }),
  )
})

test.each<readonly [names: readonly string[], want: string | null]>([
  [['Viewed Pricing', 'viewed_pricing_plans'], 'viewed_pricing*'],
  [['Page: Home', 'Page: Docs'], 'page_*'],
  [['Plan Viewed', 'Docs Viewed'], '*_viewed'],
  [['a', 'b'], null],
  [['Viewed Pricing'], 'viewed_*'],
  [[], null],
])('%j have %s in common', (names, want) => {
  expect(commonPattern(names)).toBe(want)
})

test('a pattern is kept once, in normal form', () => {
  expect(matchOf(addPattern(addPattern(ENTRIES, 'export', 'Data Export*'), 'export', 'data_export*'))).toMatchObject({
    export: ['data_export*'],
  })
  expect(addPattern(ENTRIES, 'export', '--')).toBe(ENTRIES)
})

test('a kind needs a name of its own', () => {
  const faults = ['', 'Pricing', 'event_loop', 'new one'].map(kind => kindFault(ENTRIES, kind) === null)
  expect(faults).toEqual([false, false, false, true])
})

test('the diff of any two orders names the fewest kinds, and putting them back restores the order', () => {
  const many = ['a', 'b', 'c', 'd', 'e', 'f'].map(kind => entry(kind))
  fc.assert(
    fc.property(fc.constantFrom(...many.map(({ kind }) => kind)), fc.nat({ max: 5 }), (kind, to) => {
      const after = moveKind(many, kind, to)
      expect(changesOf(many, after).length).toBeLessThanOrEqual(1)
      const from = many.findIndex(one => one.kind === kind)
      expect(moveKind(after, kind, from)).toEqual(many)
    }),
  )
})

test('a diff names new, changed and removed kinds with their patterns', () => {
  const after = [{ ...entry('pricing', ['pricing', 'x']), category: 'intent' }, entry('new', ['n']), entry('export')]
  expect(changesOf(ENTRIES, after)).toEqual([
    { kind: 'pricing', what: 'changed', added: ['x'], removed: ['viewed_*'], settings: ['category: other to intent'] },
    { kind: 'new', what: 'new', added: ['n'], removed: [], settings: ['category: other'] },
    { kind: 'login', what: 'removed', added: [], removed: ['login', 'signed_in'], settings: [] },
  ])
})
