import { expect, test } from 'vitest'
import { startProject } from '../support/engine.ts'
import { csv, EVENTS } from '../support/exports.ts'

test('the overview counts the pairs of workspaces that were not compared', async () => {
  const engine = await startProject()
  const workspaces = Array.from({ length: 201 }, (_, i) => ({
    workspace_id: `w${i + 100}`,
    workspace_name: `Room ${i + 100}`,
    sso_tenant: 'acme',
  }))
  const users = [{ user_id: 'u1', primary_email: 'jane@acme.com' }]
  await engine.client['import.run']({
    sources: Object.entries({ workspaces, users, events: EVENTS }).map(([name, rows]) =>
      engine.write(`${name}.csv`, csv(rows)),
    ),
  })
  const { blocks } = await engine.client['identity.overview']({})
  const found = blocks.find(({ kind }) => kind === 'workspaces: SSO tenant')
  expect(found).toMatchObject({ blocks: 1, records: 201, largest: 201 })
  expect(found?.pairsLeftOut).toBeGreaterThan(19_000)
  expect(found?.pairsLeftOut).toBeLessThan((201 * 200) / 2)
})
