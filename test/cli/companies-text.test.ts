import { expect, test } from 'vitest'
import type { Output } from '#contract/contract'
import { companiesText } from '../../cli/companies-text.ts'

type Companies = Output<'identity.workspace'>
const account = (key: string, title: string) => ({ object: 'account', key, title, subtitle: null }) as const
const shown = (more: Partial<Companies['composition']> = {}): string =>
  companiesText({
    state: 's',
    workspace: { object: 'workspace', key: 'w1', title: 'Unit 1', subtitle: null },
    account: null,
    composition: { companies: [], others: 0, pairs: [], rivals: [], ...more },
    candidates: [],
  })

test('`pql why W --workspaces` names what is one company, what may be, and accounts of two sources', () => {
  expect(shown()).toBe('Unit 1 (w1) has no account.')
  const text = shown({
    companies: [{ domain: 'acme.com', persons: 4, account: null, accounts: 2, isSecond: false }],
    others: 2,
    pairs: [
      {
        account: account('9001', 'Acme'),
        billing: account('cus_1', 'Acme GmbH'),
        isOne: true,
        sentence: 'One company.',
      },
    ],
    rivals: [{ a: account('001A', 'Acme Mills'), b: account('9001', 'Acme'), sentence: 'Accounts of two sources.' }],
  })
  expect(text.split('\n').filter(line => line !== '')).toEqual([
    'Unit 1 (w1) has no account.',
    expect.stringMatching(/^people of +people +account/),
    expect.stringMatching(/^acme\.com +4 +2 accounts/),
    'Acme (9001) and the billing record Acme GmbH (cus_1): One company.',
    'Acme Mills (001A) and Acme (9001): Accounts of two sources.',
    'Without an address of a company: 2',
  ])
})
