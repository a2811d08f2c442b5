import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  effectOf,
  kindsOfProject,
  kindTable,
  movedNames,
  type NameCounts,
  reachOfEntries,
  reachOfPattern,
} from '#features'
import type { ScoringModel } from '#schema/model'

const entry = (kind: string, match: readonly string[] = []) => ({
  kind,
  match: [...match],
  category: 'other',
  highIntent: false,
})
const signal = (kind: string, points: number) => ({ id: kind, kind, bucket: 'intent', points, count: 'each' }) as const
const SIGNALS = [signal('pricing', 3), signal('leave', -5), signal('alone', 2)]

/** Counts of names over three workspaces, of which the last number of events is in none. */
function countsOf(
  rows: Readonly<Record<string, readonly [w0: number, w1: number, w2: number, none: number]>>,
): NameCounts {
  const names = ['', ...Object.keys(rows)]
  const all = [[0, 0, 0, 0], ...Object.values(rows)]
  const pairs = all.flatMap((row, name) =>
    row.slice(0, 3).flatMap((count, place) => (count > 0 ? [{ place, name, count }] : [])),
  )
  const empty = new Uint32Array(names.length)
  return {
    names,
    asOf: 0,
    today: 0,
    events: Uint32Array.from(all, row => row.reduce((total, count) => total + count, 0)),
    later: empty,
    users: empty,
    workspaces: empty,
    firstDay: new Int32Array(names.length),
    lastDay: new Int32Array(names.length),
    days: { name: new Int32Array(0), day: new Int32Array(0), count: new Uint32Array(0) },
    places: {
      place: Int32Array.from(pairs, ({ place }) => place),
      name: Int32Array.from(pairs, ({ name }) => name),
      count: Uint32Array.from(pairs, ({ count }) => count),
    },
  }
}

const COUNTS = countsOf({
  'Pricing Page': [4, 0, 0, 1],
  'Visited Pricing': [0, 6, 0, 0],
  login: [10, 10, 10, 0],
  Left: [0, 0, 2, 0],
  alone: [1, 0, 0, 0],
  unheard: [0, 0, 0, 0],
})
const BEFORE = kindsOfProject(COUNTS, { taxonomy: [entry('pricing', ['pricing_*']), entry('login')], signals: SIGNALS })

test('coverage counts events with a kind, and those of kinds that add or take points; names without events do not count', () => {
  expect(BEFORE.coverage).toEqual({ events: 44, withKind: 36, earning: 6, names: 5, namesWithKind: 3 })
})

test('workspaces gain, lose or both by what would begin or stop to earn', () => {
  const taxonomy = [
    entry('other_page', ['pricing_page']),
    entry('pricing', ['*pricing*']),
    entry('login'),
    entry('leave', ['left']),
  ]
  const after = kindsOfProject(COUNTS, { taxonomy, signals: SIGNALS })
  expect(effectOf(COUNTS, BEFORE, after)).toEqual({
    gaining: 1,
    losing: 2,
    mixed: 0,
    touched: 3,
    most: [
      { place: 1, events: 6 },
      { place: 0, events: -4 },
      { place: 2, events: -2 },
    ],
  })
  expect(movedNames(COUNTS, BEFORE, after)).toEqual([
    { name: 'Visited Pricing', from: '', to: 'pricing', events: 6 },
    { name: 'Pricing Page', from: 'pricing', to: 'other_page', events: 5 },
    { name: 'Left', from: '', to: 'leave', events: 2 },
  ])
})

test('the same taxonomy touches nobody', () => {
  expect(effectOf(COUNTS, BEFORE, BEFORE)).toEqual({ gaining: 0, losing: 0, mixed: 0, touched: 0, most: [] })
})

test('entries know what they take, and who takes first what they would take too', () => {
  const taxonomy = [
    entry('pricing', ['*pricing*']),
    entry('page', ['pricing_page', 'login']),
    entry('visits', ['visited_*']),
  ]
  expect(reachOfEntries(COUNTS, taxonomy)).toEqual([
    { names: 2, events: 11, lostTo: [] },
    { names: 1, events: 30, lostTo: [{ entry: 0, names: 1, events: 5, example: 'Pricing Page' }] },
    { names: 0, events: 0, lostTo: [{ entry: 0, names: 1, events: 6, example: 'Visited Pricing' }] },
  ])
})

test('a pattern knows what becomes of each name that it matches', () => {
  const taxonomy = [entry('pricing', ['pricing_*']), entry('page'), entry('login')]
  const at = (place: number, pattern: string) =>
    reachOfPattern(COUNTS, taxonomy, place, pattern).names.map(({ name, fate }) => `${name} ${fate}`)
  expect([at(1, '*'), at(0, 'Pricing*'), at(1, 'visitedPricing'), at(1, '--'), at(1, 'unheard')]).toEqual([
    ['login taken', 'Visited Pricing new', 'Pricing Page kept', 'Left new', 'alone new'],
    ['Pricing Page own'],
    ['Visited Pricing new'],
    [],
    [],
  ])
})

const word = fc.constantFrom('pricing', 'page', 'login', 'visited')
const pattern = fc
  .array(fc.oneof(word, fc.constant('*')), { minLength: 1, maxLength: 3 })
  .map(parts => parts.join('_').replaceAll('_*', '*').replaceAll('*_', '*'))

test('a pattern that is added takes exactly what it was said to take', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(pattern, { maxLength: 3 }), { minLength: 1, maxLength: 4 }),
      fc.array(fc.array(word, { minLength: 1, maxLength: 3 }), { maxLength: 12 }),
      pattern,
      fc.nat({ max: 3 }),
      (matches, names, added, place) => {
        const taxonomy = matches.map((match, i) => entry(`kind_${i}`, match))
        const at = place % taxonomy.length
        const counts = countsOf(Object.fromEntries(names.map(parts => [parts.join(' '), [1, 0, 0, 0]])))
        const kindOf = (entries: ScoringModel['taxonomy']) => {
          const table = kindTable({ taxonomy: entries, signals: [] })
          return (name: string): string => table.kinds[table.codeOfName(name)] ?? ''
        }
        const after = kindOf(taxonomy.map((one, i) => (i === at ? { ...one, match: [...one.match, added] } : one)))
        const before = kindOf(taxonomy)
        const moves = counts.names.filter(name => name !== '' && before(name) !== after(name)).sort()
        const said = reachOfPattern(counts, taxonomy, at, added).names
        expect(said.flatMap(({ name, fate }) => (fate === 'new' || fate === 'taken' ? [name] : [])).sort()).toEqual(
          moves,
        )
        for (const { name, kind } of said) expect(kind).toBe(before(name))
      },
    ),
  )
})
