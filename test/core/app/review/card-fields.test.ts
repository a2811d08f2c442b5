import { expect, test } from 'vitest'
import type { Input } from '#contract/contract'
import { startAlike } from './alike-accounts.ts'

type Pair = Input<'review.card'>['pair']

async function cardOf(pair: Pair) {
  const { client } = await startAlike()
  const card = await client['review.card']({ pair })
  return { ...card, said: card.fields.map(({ name, left, right, state }) => [name, left, right, state]) }
}

test('the address of a new user is held against the domains of the account, and its name against nothing', async () => {
  const { said, sentence } = await cardOf({ question: 'signups', a: 'dan', b: '9001' })
  expect(said[0]).toEqual(['domain_of_the_address', 'blueharbor.io', 'blueharbor.io', 'same'])
  expect(said).toContainEqual(['primary_email', 'dan@blueharbor.io', null, 'left-only'])
  expect(said).toContainEqual(['name', 'Dan Fox', null, 'left-only'])
  expect(said).toContainEqual(['account_name', null, 'Blueharbor Inc.', 'right-only'])
  expect(said.filter(([, , , state]) => state === 'different')).toEqual([])
  expect(sentence).toBe('For it: domain (+4.25). In all +4.25 bits: Blueharbor (9009) fits equally.')
})

test('where the domain is another one that is what differs; a private address is held against none', async () => {
  const other = await cardOf({ question: 'signups', a: 'dan', b: '9002' })
  expect(other.said[0]).toEqual(['domain_of_the_address', 'blueharbor.io', 'zephyr-boats.com', 'different'])
  const mine = await cardOf({ question: 'signups', a: 'zoe', b: '9002' })
  expect(mine.said.map(([name]) => name)).not.toContain('domain_of_the_address')
  expect(mine.said).toContainEqual(['primary_domain', null, 'zephyr-boats.com', 'right-only'])
})

test('of a workspace the domain of who pays is held against those of the account', async () => {
  const { said, sentence } = await cardOf({ question: 'accounts', a: 'w2', b: '9009' })
  expect(said[0]).toEqual(['domain_of_the_billing_contact', 'blueharbor.io', 'blueharbor.io', 'same'])
  expect(said).toContainEqual(['workspace_name', 'Unit w2', 'Blueharbor', 'different'])
  expect(sentence).toContain('Blueharbor Inc. (9001) fits equally.')
  const ahead = await cardOf({ question: 'accounts', a: 'w1', b: '9001' })
  expect(ahead.sentence).toContain('Blueharbor Inc. (cus_1) is 1.63 ahead, and 3 ahead would be enough.')
})

test('of a billing record the domain it is billed to is held against those of the account, ids against nothing', async () => {
  for (const pair of [
    { question: 'companies', a: '9001', b: 'cus_1' },
    { question: 'companies', a: 'cus_1', b: '9001' },
  ] as const) {
    const { said } = await cardOf(pair)
    expect(said[0]).toEqual(['domain_it_is_billed_to', 'blueharbor.io', 'blueharbor.io', 'same'])
    expect(said).toContainEqual(['account_id', pair.a, null, 'left-only'])
    expect(said).toContainEqual(['name', 'Blueharbor Inc.', 'Blueharbor Inc.', 'same'])
  }
})
