import { clean } from './support/clean.ts'
import { drop, openFirst, openSample } from './support/steps.ts'
import { test } from './support/test.ts'

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test('start, plan, imports and held rows have no violation', async ({ workbench: { page } }) => {
      await page.getByRole('button', { name: 'Open the sample' }).waitFor()
      await clean(page, 'start')
      await drop(page, { 'users.csv': 'user_id,created_at\nu1,2026-05-01\nu2,never\n' })
      await page.getByRole('region', { name: 'Plan for users.csv' }).waitFor()
      await clean(page, 'plan')
      await page.getByRole('button', { name: 'Import 1 file' }).click()
      await page.getByRole('table', { name: 'Imported files' }).waitFor()
      await clean(page, 'imports')
      await page.getByRole('tab', { name: /Held rows/ }).click()
      await page.getByRole('grid', { name: 'Held rows' }).waitFor()
      await clean(page, 'held rows')
      await page.getByRole('link', { name: 'Scores' }).click()
      await page.getByText('Nothing has been scored yet').waitFor()
      await clean(page, 'nothing scored')
    })

    test('project, scores, every part of a workspace, and export have no violation', async ({
      workbench: { page },
    }) => {
      await openSample(page)
      await clean(page, 'scores')
      await openFirst(page)
      for (const part of ['Why', 'Ledger', 'People', 'Timeline', 'Facts', 'Routing']) {
        await page.getByRole('tab', { name: part }).click()
        await clean(page, part, '.side-panel')
      }
      await page.getByRole('link', { name: 'Project' }).click()
      await page.getByRole('heading', { name: 'Newest scores' }).waitFor()
      await clean(page, 'project')
      await page.getByRole('link', { name: 'Export' }).click()
      await page.getByRole('region', { name: 'Lists', exact: true }).waitFor()
      await clean(page, 'export')
    })

    test('palette and shortcuts have no violation', async ({ workbench: { page } }) => {
      await openSample(page)
      await page.keyboard.press('ControlOrMeta+k')
      await page.getByRole('textbox', { name: 'Search workspaces and commands' }).fill('energy')
      await page.locator('.palette__score').first().waitFor()
      await clean(page, 'palette')
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.keyboard.press('?')
      await page.getByRole('dialog').waitFor()
      await clean(page, 'shortcuts')
    })
  })
}
