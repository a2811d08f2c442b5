import { startProject, type TestEngine } from '../support/engine.ts'
import { csv } from '../support/exports.ts'

/** One company twice in the CRM, with a customer of the billing tool, two workspaces and people without a workspace. */
const COMPANIES = `Record ID,Company name,Company Domain Name,Industry,Company owner,Lifecycle Stage
9001,Blueharbor Inc.,blueharbor.io,RETAIL,Kim Reyes,customer
9009,Blueharbor,blueharbor.io,RETAIL,Kim Reyes,lead
9002,Zephyr Boats,zephyr-boats.com,RETAIL,Kim Reyes,customer
`
const CUSTOMERS = `id,Description,Email,Name,Created (UTC),Delinquent,Card ID,Card Fingerprint,Card Address Country,Business Vat ID
cus_1,,billing@blueharbor.io,Blueharbor Inc.,2026-01-05 09:58,false,card_1,fp1,DE,
`
const user = (user_id: string, name: string, workspace_id: string | null) => ({
  user_id,
  primary_email: `${user_id}@blueharbor.io`,
  name,
  workspace_id,
})
export const ALIKE_USERS = [
  user('ann', 'Ann Lee', 'w1'),
  user('bob', 'Bob Ray', 'w1'),
  user('cat', 'Cat Moss', 'w2'),
  user('dan', 'Dan Fox', null),
  user('eve', 'Eve Holm', null),
  { user_id: 'zoe', primary_email: 'zoe@gmail.com', name: 'Zoe Pratt', workspace_id: null },
]

export async function startAlike(): Promise<TestEngine> {
  const engine = await startProject()
  const workspaces = ['w1', 'w2'].map(workspace_id => ({
    workspace_id,
    workspace_name: `Unit ${workspace_id}`,
    billing_contact_email: 'pay@blueharbor.io',
    country: 'DE',
  }))
  const events = ALIKE_USERS.flatMap(({ user_id, workspace_id }) =>
    workspace_id === null
      ? []
      : [
          {
            event_id: `e-${user_id}`,
            event_name: 'report_created',
            timestamp: '2026-05-20T10:00:00Z',
            workspace_id,
            user_id,
          },
        ],
  )
  await engine.client['import.run']({
    sources: [
      engine.write('companies.csv', COMPANIES),
      engine.write('customers.csv', CUSTOMERS),
      engine.write('users.csv', csv(ALIKE_USERS)),
      engine.write('workspaces.csv', csv(workspaces)),
      engine.write('subscriptions.csv', csv([{ subscription_id: 's1', workspace_id: 'w1', customer_id: 'cus_1' }])),
      engine.write('events.csv', csv(events)),
    ],
  })
  return engine
}

/** Accounts of the two workspaces, by their keys. */
export async function accountsOf({ client }: TestEngine): Promise<readonly (string | null)[]> {
  return await Promise.all(
    ['w1', 'w2'].map(async id => (await client['identity.workspace']({ id })).account?.key ?? null),
  )
}
