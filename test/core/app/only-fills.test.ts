import { expect, test } from 'vitest'
import { startProject, type TestEngine } from './support/engine.ts'

const PRODUCT = 'workspace_id,workspace_name,country\nw1,Blueharbor,DE\nw2,,DE\nw3,Oak,\n'
const STRIPE =
  'id,Email,Name,Created (UTC),Delinquent,Address Country,workspace_id (metadata)\n' +
  'cus_1,a@blueharbor.io,Blueharbor Inc.,2026-01-02 10:00,false,FR,w1\n' +
  'cus_2,b@pine.io,Pine Ltd,2026-01-02 10:00,false,FR,w2\n' +
  'cus_3,c@oak.io,,2026-01-02 10:00,false,FR,w3\n' +
  'cus_4,d@elm.io,Elm AG,2026-01-02 10:00,false,FR,w4\n'

async function names({ client }: TestEngine): Promise<readonly (readonly unknown[])[]> {
  const records = await Promise.all(
    ['w1', 'w2', 'w3', 'w4'].map(id => client['project.record']({ table: 'workspaces', key: [id] })),
  )
  return records.map(record => {
    const of = (column: string) => record?.fields.find(({ name }) => name === column)?.value
    return [of('workspace_name'), of('country')]
  })
}

const AFTER = [
  ['Blueharbor', 'DE'],
  ['Pine Ltd', 'DE'],
  ['Oak', 'FR'],
  ['Elm AG', 'FR'],
]

test.each([
  ['pg_workspaces.csv', 'stripe_customers.csv'],
  ['z_workspaces.csv', 'customers.csv'],
])(
  'a name of billing fills an empty one of the product, and never takes its place (%s, %s)',
  async (product, stripe) => {
    const engine = await startProject()
    const files = { product: engine.write(product, PRODUCT), stripe: engine.write(stripe, STRIPE) }
    const sources = product < stripe ? [files.product, files.stripe] : [files.stripe, files.product]
    await engine.client['import.run']({ sources })
    const [first, ...others] = await names(engine)
    expect(first?.[0]).toBe('Blueharbor')
    expect(others.at(-1)?.[0]).toBe('Elm AG')
  },
)

test('the preview says so, an undo brings the empty name back, and the same files again change nothing in any mode', async () => {
  const engine = await startProject()
  const { client } = engine
  const product = engine.write('pg_workspaces.csv', PRODUCT)
  const stripe = engine.write('stripe_customers.csv', STRIPE)
  await client['import.run']({ sources: [product] })
  const staged = await client['import.stage']({ sources: [stripe] })
  const of = staged.files.find(({ table }) => table === 'workspaces')
  const changes = (of?.samples.changed ?? []).map(({ key, cells }) => [
    key[0],
    cells.filter(({ column }) => column === 'workspace_name').map(({ before, after }) => [before, after]),
  ])
  expect(changes).toEqual([
    ['w1', []],
    ['w2', [[null, 'Pine Ltd']]],
    ['w3', []],
  ])
  expect(of).toMatchObject({ new: 1, changed: 3, emptied: [] })
  await client['import.publish']({ batchId: staged.batchId })
  expect(await names(engine)).toEqual(AFTER)
  // The names alone are other ones now: nothing changes by them.
  const renamed = engine.write('later/stripe_customers.csv', STRIPE.replace('Blueharbor Inc.', 'Blueharbor SE'))
  const again = await client['import.stage']({ sources: [renamed] })
  expect(again.files.find(({ table }) => table === 'workspaces')).toMatchObject({ new: 0, changed: 0, same: 4 })
  await client['import.discard']({ batchId: again.batchId })
  await client['import.run']({ sources: [product, stripe], mode: 'replace' })
  const kept = await names(engine)
  expect(kept[0]?.[0]).toBe('Blueharbor')
  const { imports } = await client['import.list']({})
  const last = imports.filter(({ table, undoneAt }) => table === 'workspaces' && undoneAt === null)
  for (const { importId } of last.slice(0, -1)) await client['import.undo']({ importId })
  expect((await names(engine))[1]?.[0] ?? null).toBe(null)
})

test('when a customer began to pay is not when its workspace was made', async () => {
  const engine = await startProject()
  const { client } = engine
  const product = 'workspace_id,workspace_name,created_at\nw_1,,2025-07-31\n'
  const customers =
    'id,company,auto_collection,billing_address_country,created_at,email,deleted,cf_workspace_id\n' +
    'cust_1,Northwind GmbH,on,DE,2026-01-05 09:58:00,billing@northwind.example,false,w_1\n'
  await client['import.run']({ sources: [engine.write('pg_workspaces.csv', product)] })
  await client['import.run']({ sources: [engine.write('chargebee_customers.csv', customers)] })
  const workspace = await client['project.record']({ table: 'workspaces', key: ['w_1'] })
  const account = await client['project.record']({ table: 'accounts', key: ['cust_1'] })
  expect(workspace?.fields).toContainEqual({ name: 'created_at', value: '2025-07-31' })
  expect(workspace?.fields).toContainEqual({ name: 'workspace_name', value: 'Northwind GmbH' })
  expect(account?.fields).toContainEqual({ name: 'created_at', value: '2026-01-05 09:58:00' })
})
