import { drop } from './support/steps.ts'
import { expect, test } from './support/test.ts'

const USERS = `user_id,primary_email,name,created_at
u1,ana@example.com,Ana Costa,2026-05-01T09:00:00Z
u2,jonas@example.com,Jonas Berg,2026-13-45
,nobody@example.com,No Id,2026-05-02T09:00:00Z
`
const WORKSPACES = `workspace_id,workspace_name,created_at,owner_user_id
w1,Northwind,2026-05-01T09:00:00Z,u1
`
const EVENTS = `event_id,event_name,timestamp,workspace_id,user_id
e1,key_action_completed,2026-05-20T10:00:00Z,w1,u1
e2,core_feature_used,2026-05-21T10:00:00Z,w1,u1
e3,login,yesterday,w1,u1
`

test('dropped files become a plan, bad rows are held and shown, and the rest is scored', async ({
  workbench: { page },
}) => {
  await page.getByRole('button', { name: 'Open the sample' }).waitFor()
  await drop(page, {
    'users.csv': USERS,
    'workspaces.csv': WORKSPACES,
    'events.csv': EVENTS,
    'notes.txt': 'to do: call Ana',
  })
  await expect(page.getByText('1 file fits no table and will not be imported', { exact: false })).toBeVisible()
  await page.getByRole('treegrid').getByText('users.csv').click()
  await expect(page.getByRole('region', { name: 'Plan for users.csv' })).toContainText('Read as Users')

  await page.getByRole('button', { name: 'Import 3 files' }).click()
  await expect(page.getByRole('region', { name: 'Last import' })).toContainText(
    '7 rows read = 4 loaded + 3 held + 0 skipped',
  )
  await page.getByRole('tab', { name: /Held rows/ }).click()
  const rules = page.getByRole('navigation', { name: 'Held rows by rule' })
  await rules.getByRole('button', { name: /created_at · 2026-13-45/ }).click()
  const row = page.getByRole('grid', { name: 'Held rows' }).getByRole('row').filter({ hasText: '2026-13-45' })
  await expect(row).toContainText('jonas@example.com')

  await page.getByRole('button', { name: 'Score workspaces' }).click()
  await expect(page.getByRole('grid', { name: 'Workspaces by score' }).getByText('Northwind')).toBeVisible()
})

test('the same files again change nothing', async ({ workbench: { page } }) => {
  await page.getByRole('button', { name: 'Open the sample' }).waitFor()
  for (const expected of ['1 loaded', '1 loaded']) {
    await drop(page, { 'workspaces.csv': WORKSPACES })
    await page.getByRole('button', { name: 'Import 1 file' }).click()
    await expect(page.getByRole('region', { name: 'Last import' })).toContainText(expected)
  }
  await expect(page.getByRole('region', { name: 'Last import' })).toContainText('already known, so nothing changed')
})

test('a file of no table alone cannot be imported, and says so', async ({ workbench: { page } }) => {
  await page.getByRole('button', { name: 'Open the sample' }).waitFor()
  await drop(page, { 'notes.txt': 'to do: call Ana' })
  await expect(page.getByText('Fits no table').first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Import 0 files' })).toBeDisabled()
})
