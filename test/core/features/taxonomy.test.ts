import { expect, test } from 'vitest'
import { kindTable } from '#features'
import { DEFAULT_MODEL } from '#score'

const entry = (kind: string, match: string[] = []) => ({ kind, match, category: 'other', highIntent: false })
const table = kindTable({
  taxonomy: [
    entry('pricing_page_view', ['Viewed Pricing*', 'pricing_page_viewed']),
    entry('first', ['shared']),
    entry('second', ['shared', '*_tail', 'a*b*c']),
    entry('Key Action'),
    entry('event_loop', ['looped']),
    entry('tail_first_tail'),
  ],
  signals: [{ id: 's', kind: 'only_signal', bucket: 'depth', points: 1, count: 'each' }],
})

test.each<readonly [name: string, kind: string]>([
  ['pricing_page_view', 'pricing_page_view'],
  ['Pricing Page View', 'pricing_page_view'],
  ['pricingPageView', 'pricing_page_view'],
  ['  PRICING-PAGE--VIEWED! ', 'pricing_page_view'],
  ['viewed_pricing', 'pricing_page_view'],
  ['Viewed Pricing Plans', 'pricing_page_view'],
  ['not_viewed_pricing', ''],
  ['shared', 'first'],
  ['any_tail', 'second'],
  ['tail', ''],
  ['abc', 'second'],
  ['a_x_b_y_c', 'second'],
  ['ab', ''],
  ['key action', 'Key Action'],
  ['keyAction2Go', ''],
  ['event_loop', ''],
  ['looped', ''],
  ['new_active_user', ''],
  ['tail_first_tail', 'second'],
  ['only signal', 'only_signal'],
  ['', ''],
  ['日本', ''],
])('%s is %s', (name, kind) => {
  expect(table.kinds[table.codeOfName(name)]).toBe(kind)
})

test('kinds are the entries in their order, then those of signals, then the derived ones', () => {
  expect(table.kinds).toEqual([
    '',
    'pricing_page_view',
    'first',
    'second',
    'Key Action',
    'event_loop',
    'tail_first_tail',
    'only_signal',
    'new_active_user',
  ])
})

test('every kind of the default model matches its own name', () => {
  const defaults = kindTable(DEFAULT_MODEL)
  for (const { kind } of DEFAULT_MODEL.taxonomy) expect(defaults.kinds[defaults.codeOfName(kind)]).toBe(kind)
})
