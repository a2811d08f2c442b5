import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startProject } from '../support/engine.ts'
import { csv, EVENTS } from '../support/exports.ts'

test('a workspace of two companies shows whose people are in it, and the account of the second', async () => {
  const engine = await startProject()
  const { client } = engine
  const user = (user_id: string, primary_email: string, workspace_id = 'w8') => {
    return { user_id, primary_email, name: `Given${user_id} Family${user_id}`, workspace_id }
  }
  const files = {
    users: [
      ...[1, 2, 3, 4].map(i => user(`a${i}`, `a${i}@acme.com`)),
      ...[1, 2, 3].map(i => user(`b${i}`, `b${i}@beta.com`)),
      // One person under two user ids.
      user('b4', 'b3@beta.com'),
      ...[1, 2].map(i => user(`c${i}`, `c${i}@gamma.com`)),
      user('d1', 'd1@delta.com', ''),
      user('g1', 'g1@gmail.com'),
      user('z1', 'z1@acme.com', 'w9'),
    ],
    memberships: [{ user_id: 'd1', workspace_id: 'w8' }],
    workspaces: [
      { workspace_id: 'w8', workspace_name: 'Shared', account_id: 'acc1' },
      { workspace_id: 'w9', workspace_name: 'Other', account_id: '' },
    ],
    accounts: [
      { account_id: 'acc1', name: 'Acme', primary_domain: 'acme.com', all_known_domains: '' },
      { account_id: 'acc2', name: 'Beta', primary_domain: 'beta.com', all_known_domains: '' },
      { account_id: 'acc3', name: 'Gamma', primary_domain: 'gamma.com', all_known_domains: '' },
      { account_id: 'acc4', name: 'Delta', primary_domain: 'delta.com', all_known_domains: '' },
      { account_id: 'acc5', name: 'Delta too', primary_domain: 'delta2.com', all_known_domains: 'delta.com' },
    ],
    events: EVENTS,
  }
  await client['import.run']({
    sources: Object.entries(files).map(([name, rows]) => engine.write(`${name}.csv`, csv(rows))),
  })
  const { composition } = await client['review.card']({ pair: { question: 'accounts', a: 'w8', b: 'acc1' } })
  const lines = composition?.companies.map(one => [one.domain, one.persons, one.account?.title ?? null, one.isSecond])
  expect(lines).toEqual([
    ['acme.com', 4, 'Acme', false],
    ['beta.com', 3, 'Beta', true],
    ['gamma.com', 2, 'Gamma', false],
    ['delta.com', 1, null, false],
  ])
  // Two accounts have the domain, so that it tells neither from the other.
  expect(composition?.companies.map(({ accounts }) => accounts)).toEqual([1, 1, 1, 2])
  expect(composition?.others).toBe(1)
  const other = await client['review.card']({ pair: { question: 'persons', a: 'a1', b: 'a2' } })
  expect(other.composition).toBeNull()
  const workspace = await client['identity.workspace']({ id: 'w8' })
  expect(workspace).toMatchObject({ workspace: { key: 'w8' }, account: { key: 'acc1' }, composition })
  await expect(client['identity.workspace']({ id: 'w7' })).rejects.toMatchObject({ code: 'usage/bad-argument' })
  const target = engine.path('out')
  await client['identity.export']({ target, overwrite: false, proposeWeights: false })
  const rows = readFileSync(join(target, 'workspace_accounts.csv'), 'utf8').trim().split('\r\n')
  expect(rows[0]).toBe('workspace_id,account_id,status,bits,evidence,companies,second_accounts,billing_records')
  expect(rows[1]).toContain('acme.com 4; beta.com 3; gamma.com 2; delta.com 1,acc2')
})
