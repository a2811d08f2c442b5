import { expect, test } from 'vitest'
import { bytesOf } from './read-file.ts'
import { readAll } from './read-plans.ts'

const price = (unit_amount: number | null, more: object = {}): object => ({
  id: 'price_1',
  unit_amount,
  recurring: { interval: 'month', interval_count: 1, usage_type: 'licensed', ...more },
})
const subscription = (id: string, items: readonly object[], list: object = {}): object => ({
  id,
  object: 'subscription',
  customer: 'cus_1',
  status: 'active',
  currency: 'usd',
  start_date: 1767225600,
  items: { object: 'list', data: items, ...list },
})

function read(...subscriptions: object[]) {
  const [found] = readAll('subscriptions.json', bytesOf(JSON.stringify({ data: subscriptions })))
  return { mrr: found?.records.map(({ mrr }) => mrr ?? null), notes: found?.notes ?? [] }
}

test('a subscription of several items pays for all of them', () => {
  const year = { interval: 'year' }
  const { mrr, notes } = read(
    subscription('sub_1', [{ quantity: 1, price: price(1000) }]),
    subscription('sub_2', [
      { quantity: 2, price: price(1000) },
      { quantity: 1, price: price(5000) },
      { price: { ...price(null), unit_amount_decimal: '0.5' } },
    ]),
    subscription('sub_3', [
      { quantity: 3, price: price(12_000, year) },
      { quantity: 1, price: price(24_000, year) },
    ]),
    subscription('sub_4', [{ quantity: 0, price: price(1000) }]),
  )
  expect(mrr).toEqual([10, 70.005, 50, 0])
  expect(notes).toEqual([])
})

test('where items do not tell what is paid in a month, nothing is said to be paid, and a note counts them', () => {
  const { mrr, notes } = read(
    subscription('sub_1', [{ quantity: 2, price: price(1000) }]),
    subscription('sub_2', [{ price: price(10, { usage_type: 'metered' }) }]),
    subscription('sub_3', [
      { quantity: 1, price: price(1000) },
      { quantity: 1, price: price(9000, { interval: 'year' }) },
    ]),
    subscription('sub_4', [
      { quantity: 1, price: price(1000) },
      { quantity: 9, price: price(null) },
    ]),
    subscription('sub_5', [{ quantity: 1, price: price(1000) }], { has_more: true }),
  )
  expect(mrr).toEqual([20, null, null, null, null])
  expect(notes).toEqual(['note/open-amounts'])
})

test('items in a column of a CSV are added up too, and plans of the old API', () => {
  const plan = { amount: 700, interval: 'month', interval_count: 1, usage_type: 'licensed' }
  const items = JSON.stringify({
    data: [
      { quantity: 2, plan, price: price(700) },
      { quantity: 1, plan },
    ],
  })
  const csv = `id,customer,status,currency,items\nsub_1,cus_1,active,usd,"${items.replaceAll('"', '""')}"\n`
  expect(readAll('subscriptions.csv', bytesOf(csv))[0]?.records).toMatchObject([{ subscription_id: 'sub_1', mrr: 21 }])
})
