import { expect, test } from 'vitest'
import { currencyIn } from '../../../core/import/values/currency.ts'
import { column, readFile } from './read-file.ts'

test.each([
  ['€10', 'EUR'],
  ['1.234,50 €', 'EUR'],
  ['-£ 5', 'GBP'],
  ['(US$12.00)', 'USD'],
  ['$1,000', '$'],
  ['100 kr.', 'kr'],
  ['12 CHF', 'CHF'],
  ["Fr. 1'200", 'CHF'],
  ['JPY 5000', 'JPY'],
  ['1.5e3', null],
  ['1234.5', null],
  ['12 %', null],
  ['１２', null],
  ['', null],
])('%j is an amount of %j', (amount, currency) => {
  expect(currencyIn(amount)).toBe(currency)
})

const notesOf = (found: ReturnType<typeof readFile>): readonly string[] =>
  found.result.notes.filter(({ code }) => code === 'note/currencies').map(({ message }) => message)

test('the currency that an amount names is that of its subscription, where it names none', () => {
  const rows = [
    's1,active,€10,',
    's2,active,$10,',
    's3,active,€5,usd',
    's4,active,7,',
    's5,active,,',
    's6,active,20 EUR,',
  ]
  const found = readFile('subscriptions.csv', `subscription_id,status,mrr,currency\n${rows.join('\n')}\n`)
  expect(column(found, 'currency')).toEqual(['EUR', '$', 'usd', null, null, 'EUR'])
  expect(column(found, 'mrr')).toEqual([10, 10, 5, 7, null, 20])
  expect(notesOf(found)).toEqual([
    'mrr: 2 currencies, EUR (3), $ (1). No rate is applied: amounts are compared and added up as they stand.',
  ])
})

test('a file without a column of currencies gets them from its amounts, and arr counts where mrr says none', () => {
  const found = readFile('subscriptions.csv', 'subscription_id,status,mrr,arr\ns1,active,10,£120\ns2,active,12 £,\n')
  expect(column(found, 'currency')).toEqual(['GBP', 'GBP'])
  expect(notesOf(found)).toEqual([])
})

test('several codes are told with their counts, one is not', () => {
  const file = (...codes: string[]) =>
    readFile(
      'subscriptions.csv',
      `subscription_id,status,mrr,currency\n${codes.map((code, i) => `s${i},active,10,${code}\n`).join('')}`,
    )
  expect(notesOf(file('usd', 'USD', 'EUR', ''))).toEqual([
    'currency: 2 currencies, USD (2), EUR (1). No rate is applied: amounts are compared and added up as they stand.',
  ])
  expect(notesOf(file('usd', 'USD'))).toEqual([])
  const deals = readFile('deals.csv', 'deal_id,status,amount\nd1,won,€10\nd2,won,£9\n')
  expect(notesOf(deals)).toHaveLength(1)
})
