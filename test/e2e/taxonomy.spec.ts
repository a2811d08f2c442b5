import { clean } from './support/clean.ts'
import { enter, goByKeys } from './support/keys.ts'
import { drop, openSample } from './support/steps.ts'
import { expect, test } from './support/test.ts'

const EVENTS = `event_id,event_name,timestamp,workspace_id,user_id
e1,Visited Pricing,2026-05-20T10:00:00Z,w1,u1
e2,Visited Pricing,2026-05-21T10:00:00Z,w1,u1
e3,login,2026-05-21T11:00:00Z,w1,u1
e4,Elephant,2026-05-22T11:00:00Z,w1,u1
`
const WORKSPACES = 'workspace_id,workspace_name,created_at\nw1,Acme,2026-05-01\n'

test('names are mapped by keyboard alone, reviewed, applied and reverted', async ({ workbench: { page } }) => {
  await page.getByRole('button', { name: 'Open the sample' }).waitFor()
  await drop(page, { 'events.csv': EVENTS, 'workspaces.csv': WORKSPACES })
  await page.getByRole('button', { name: 'Import 2 files' }).click()
  await page.getByRole('table', { name: 'Imported files' }).waitFor()
  await goByKeys(page, 't')
  const grid = page.getByRole('grid', { name: 'Event names' })
  const rowOf = (name: string) => grid.getByRole('row').filter({ hasText: name })
  await expect(rowOf('Visited Pricing')).toContainText('like pricing_page_view')
  await expect(page.getByLabel('Coverage')).toContainText('25.0 %')

  await grid.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('m')
  await expect(page.getByRole('button', { name: 'Map to pricing_page_view' })).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Kind' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(rowOf('Visited Pricing')).toContainText('pricing_page_view')
  await expect(page.getByLabel('Coverage')).toContainText('75.0 %')

  await expect(grid).toBeFocused()
  await page.keyboard.press('Home')
  await expect(grid.getByRole('row').nth(1)).toContainText('Elephant')
  await page.keyboard.press('n')
  await expect(page.getByRole('dialog', { name: 'New kind' }).getByRole('textbox').first()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(rowOf('Elephant')).toContainText('elephant')

  await enter(page.getByRole('button', { name: 'Review and apply' }))
  await enter(page.getByRole('button', { name: 'Apply as a new version' }))
  // What lies behind the dialog is new a moment before the dialog closes.
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Revert the last change' })).toBeVisible()
  await expect(page.getByLabel('Coverage')).toContainText('100.0 %')

  await enter(page.getByRole('button', { name: 'Revert the last change' }))
  await enter(page.getByRole('button', { name: 'Revert', exact: true }))
  await expect(page.getByLabel('Coverage')).toContainText('25.0 %')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test('names, kinds, suggestions, panels and dialogs have no violation', async ({ workbench: { page } }) => {
      await openSample(page)
      await page.getByRole('link', { name: 'Taxonomy' }).click()
      const grid = page.getByRole('grid', { name: 'Event names' })
      await grid.waitFor()
      await clean(page, 'names')
      await grid.focus()
      await page.keyboard.press('Home')
      await page.keyboard.press('Enter')
      await page.getByRole('complementary', { name: 'Event name' }).waitFor()
      await clean(page, 'a name', '.side-panel')
      await page.keyboard.press('m')
      await page.getByRole('radio', { name: 'All names of a pattern' }).click()
      await page.getByRole('status', { name: /Names of/ }).waitFor()
      await clean(page, 'map', '[role=dialog]')
      await page.keyboard.press('Escape')
      await page.getByRole('tab', { name: /Kinds/ }).click()
      await page.getByRole('table', { name: 'Kinds in their order' }).getByText('pricing_page_view').click()
      await page.getByRole('textbox', { name: 'New pattern' }).fill('*p*')
      await page.getByRole('region', { name: 'Taken from a later kind' }).waitFor()
      await clean(page, 'kinds')
      await page.getByRole('button', { name: 'Add', exact: true }).click()
      await page.getByRole('button', { name: 'Review and apply' }).click()
      await page.getByRole('dialog', { name: 'Review and apply' }).waitFor()
      await clean(page, 'review', '[role=dialog]')
      await page.keyboard.press('Escape')
      await page.getByRole('tab', { name: /Suggestions/ }).click()
      await clean(page, 'suggestions')
    })
  })
}
