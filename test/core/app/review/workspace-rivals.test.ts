import { expect, onTestFinished, test } from 'vitest'
import { emailReader } from '#identity'
import { openProject } from '#store'
import { rivalsOfAccounts } from '../../../../core/app/account-companies.ts'
import { freshDesk } from '../../../../core/app/review/desk.ts'
import { rivalsOfWorkspace } from '../../../../core/app/review/workspace-rivals.ts'
import { startProject } from '../support/engine.ts'
import { csv } from '../support/exports.ts'

const AT_ONCE = { report: () => undefined, turn: async () => undefined, breathe: async () => undefined }
const HEADER = 'Record ID,Company name,Company Domain Name,Industry,Company owner,Lifecycle Stage,sso_domain'

/** Numbers without an order, the same in each run. */
const mixed = (i: number, of: number): number => (i * 7919 + Math.floor(i / 5) * 104_729) % of

test('rivals of a workspace are those that a look at all accounts finds', async () => {
  const engine = await startProject()
  const domain = (i: number): string => `domain${mixed(i, 25)}.io`
  // Of more accounts than tell anything.
  const crowd = (i: number): string => (i % 2 === 0 ? 'crowd.io' : '')
  const companies = Array.from(
    { length: 60 },
    (_, i) => `${9000 + i},Company ${i},${domain(i)},RETAIL,Kim,lead,${crowd(i)}`,
  )
  const accounts = Array.from({ length: 60 }, (_, i) => ({
    account_id: `a${i}`,
    name: `Account ${i}`,
    primary_domain: domain(i + 7),
    sso_domain: crowd(i),
    all_known_domains: i % 3 === 0 ? `domain${mixed(i, 11)}.io` : '',
  }))
  const workspaces = Array.from({ length: 40 }, (_, i) => ({
    workspace_id: `w${i}`,
    workspace_name: `Unit ${i}`,
    sso_domain: `domain${mixed(i, 25)}.io`,
    billing_contact_email: `pay@domain${mixed(i + 3, 25)}.io`,
  }))
  const customers = `id,Description,Email,Name,Created (UTC),Delinquent,Card ID,Card Fingerprint,Card Address Country,Business Vat ID
cus_1,,billing@domain3.io,Company 3,2026-01-05 09:58,false,card_1,fp1,DE,
`
  await engine.client['import.run']({
    sources: [
      engine.write('companies.csv', [HEADER, ...companies, ''].join('\n')),
      engine.write('accounts.csv', csv(accounts)),
      engine.write('customers.csv', customers),
      engine.write('workspaces.csv', csv(workspaces)),
    ],
  })
  await engine.close()
  const project = openProject(engine.path('p.pql'))
  onTestFinished(() => project.close())
  const { db } = project
  const desk = await freshDesk(db, AT_ONCE)
  const read = emailReader(desk.settings.domains, desk.settings.words)
  const all = rivalsOfAccounts(db, { ...desk.found, read })
  const found = workspaces.flatMap(({ workspace_id: workspaceId }, i) => {
    const ofPeople = [`domain${mixed(i + 1, 25)}.io`, ...(i % 5 === 0 ? ['crowd.io'] : [])]
    const near = rivalsOfWorkspace({ db, desk }, { workspaceId, ofPeople })
    expect(near).toEqual(
      all.filter(
        ({ workspaceIds, domains }) =>
          workspaceIds.includes(workspaceId) || domains.some(one => ofPeople.includes(one)),
      ),
    )
    return near
  })
  expect(new Set(found.map(({ a, b }) => `${a} ${b}`)).size).toBeGreaterThan(10)
  expect(all.every(({ domains }) => !domains.includes('crowd.io'))).toBe(true)
})
