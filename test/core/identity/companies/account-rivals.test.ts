import { expect, test } from 'vitest'
import { accountCompanies, NO_COMPANIES } from '../../../../core/identity/companies/account-companies.ts'
import { accountRivals, emailReader, rivalsSentence } from '../../../../core/identity/index.ts'
import { SHIPPED_WORDS } from '../../../../core/identity/words/words.ts'
import type { AccountRivals, WorkspaceAccount } from '../../../../core/schema/identity.ts'
import type { Row } from '../../../../core/schema/tables.ts'
import { tables } from '../rows.ts'

const read = emailReader(new Map(), SHIPPED_WORDS)
type Account = Partial<Row<'accounts'>> & { account_id: string }
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  h1: ['hubspot'],
  h2: ['hubspot'],
  s1: ['salesforce'],
  both: ['hubspot', 'salesforce'],
  cus_1: ['tables of your own'],
}
const candidate = (workspaceId: string, accountId: string, status: WorkspaceAccount['status'] = 'ambiguous') => ({
  ...{ workspaceId, accountId, status, bits: 5, evidence: [] },
})

function found(
  rows: readonly Account[],
  workspaceAccounts: readonly WorkspaceAccount[] = [],
): readonly AccountRivals[] {
  const { accounts } = tables({ accounts: rows })
  const companies = accountCompanies(accounts, {
    read,
    words: SHIPPED_WORDS,
    roleOf: id => (id.startsWith('cus_') ? 'billing' : 'crm'),
    decisions: [],
  })
  return accountRivals({ accounts, workspaceAccounts, sourcesOf: id => SOURCES[id] ?? [], companies, read })
}

const acme = { primary_domain: 'acme-mills.com' }

test('two accounts of two sources that state one domain, or are candidates of one workspace', () => {
  const pairs = found(
    [
      { account_id: 's1', all_known_domains: ['www.acme-mills.com'] },
      { account_id: 'h1', ...acme },
      { account_id: 'h2' },
    ],
    [candidate('w1', 's1'), candidate('w1', 'h2'), candidate('w2', 'h2'), candidate('w2', 's1')],
  )
  expect(pairs.map(({ a, b, domains, workspaceIds }) => [a, b, domains, workspaceIds])).toEqual([
    ['h1', 's1', ['acme-mills.com'], []],
    ['h2', 's1', [], ['w1', 'w2']],
  ])
  expect(pairs.map(rivalsSentence)).toEqual([
    'Accounts of two sources (hubspot and salesforce): both state acme-mills.com, which tells neither from the other. Two accounts are never made one.',
    'Accounts of two sources (hubspot and salesforce): both are candidates of 2 workspaces. Two accounts are never made one.',
  ])
})

test.each<{ why: string; rows: readonly Account[]; candidates?: readonly WorkspaceAccount[] }>([
  {
    why: 'two of one source',
    rows: [
      { account_id: 'h1', ...acme },
      { account_id: 'h2', ...acme },
    ],
  },
  {
    why: 'one that both sources state',
    rows: [
      { account_id: 'both', ...acme },
      { account_id: 's1', ...acme },
    ],
  },
  {
    why: 'one of no known source',
    rows: [
      { account_id: 'x', ...acme },
      { account_id: 's1', ...acme },
    ],
  },
  {
    why: 'a billing record',
    rows: [
      { account_id: 'cus_1', ...acme },
      { account_id: 's1', ...acme },
    ],
  },
  {
    why: 'a free-mail domain',
    rows: [
      { account_id: 'h1', primary_domain: 'gmail.com' },
      { account_id: 's1', primary_domain: 'gmail.com' },
    ],
  },
  {
    why: 'a workspace that has its account',
    rows: [{ account_id: 'h1' }, { account_id: 's1' }],
    candidates: [candidate('w1', 'h1', 'auto'), candidate('w1', 's1', 'watch')],
  },
])('$why is none', ({ rows, candidates }) => {
  expect(found(rows, candidates)).toEqual([])
})

test('a domain, or a workspace, of more than 25 accounts tells nothing of two of them', () => {
  const rows = (count: number): Account[] =>
    Array.from({ length: count }, (_, i) => ({ account_id: `${i % 2 === 0 ? 'h' : 's'}${i}`, ...acme }))
  const sourcesOf = (id: string): readonly string[] => [id.startsWith('h') ? 'hubspot' : 'salesforce']
  const pairsOf = (count: number, candidates: readonly WorkspaceAccount[]): number =>
    accountRivals({
      accounts: tables({ accounts: rows(count) }).accounts,
      workspaceAccounts: candidates,
      sourcesOf,
      companies: NO_COMPANIES,
      read,
    }).length
  expect(pairsOf(25, [])).toBe(13 * 12)
  const all = rows(26).map(({ account_id }) => candidate('w1', account_id))
  expect(pairsOf(26, all)).toBe(0)
  expect(pairsOf(26, all.slice(0, 2))).toBe(1)
})
