import { expect, test } from 'vitest'
import { accountCompanies } from '../../../../core/identity/companies/account-companies.ts'
import { emailReader } from '../../../../core/identity/index.ts'
import { SHIPPED_WORDS } from '../../../../core/identity/words/words.ts'
import { tables } from '../rows.ts'

/** An account and a customer of one name and domain, with these tax ids. */
function pairOf(own: string, other: string) {
  const company = { name: 'Acme Mills', primary_domain: 'acme-mills.com' }
  const { accounts } = tables({
    accounts: [
      { ...company, account_id: 'crm_1', tax_id: own },
      { ...company, account_id: 'cus_1', billing_entity_id: 'cus_1', tax_id: other },
    ],
  })
  const { pairs } = accountCompanies(accounts, {
    read: emailReader(),
    words: SHIPPED_WORDS,
    roleOf: id => (id.startsWith('cus_') ? 'billing' : 'crm'),
    decisions: [],
  })
  return pairs[0]
}

test.each([
  ['DE123456789', 'DE 123 456 789'],
  ['123456789', 'DE 123 456 789'],
  ['ATU12345678', 'U12345678'],
])('%s and %s are one tax id: at most the country is missing', (own, other) => {
  expect(pairOf(own, other)).toMatchObject({ isOne: true, doubt: null })
  expect(pairOf(other, own)).toMatchObject({ isOne: true, doubt: null })
})

test.each([
  ['9', 'DE123456789'],
  ['456789', 'DE123456789'],
  ['E123456789', 'DE123456789'],
  ['99', '1299'],
  ['DE123456789', 'FR123456789'],
])('%s and %s are two, however they end', (own, other) => {
  expect(pairOf(own, other)).toMatchObject({ isOne: false, doubt: 'other_tax_id' })
  expect(pairOf(other, own)).toMatchObject({ isOne: false, doubt: 'other_tax_id' })
})
