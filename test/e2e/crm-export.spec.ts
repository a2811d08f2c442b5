import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { clean } from './support/clean.ts'
import { openSample } from './support/steps.ts'
import { expect, test } from './support/test.ts'

test('files for a CRM are tried, seen, and written; a second export makes no second task', async ({
  workbench: { page, dataFolder },
}) => {
  await openSample(page)
  await page.getByRole('link', { name: 'Export' }).click()
  await page.getByRole('tab', { name: 'CRM hand-off' }).click()
  const write = page.getByRole('button', { name: 'Write HubSpot files' })
  await expect(write).toBeDisabled()
  await page.getByRole('button', { name: 'Dry run' }).click()
  const records = page.getByRole('table', { name: 'Records by object' })
  const tasks = records.getByRole('row', { name: /^Tasks/ }).getByRole('cell')
  await expect(tasks.first()).not.toHaveText('0')
  await write.click()
  await expect(page.getByRole('table', { name: 'Written files' })).toContainText('hubspot_tasks.csv')
  const folders = readdirSync(join(dataFolder, 'exports'))
  expect(folders).toHaveLength(1)
  expect(readdirSync(join(dataFolder, 'exports', folders[0] ?? ''))).toContain('hubspot_tasks.csv')

  await page.getByRole('tab', { name: 'CRM hand-off' }).click()
  await page.getByRole('button', { name: 'Dry run' }).click()
  await expect(tasks.first()).toHaveText('0')
  await page.getByRole('tab', { name: /History/ }).click()
  await expect(page.getByRole('table', { name: 'Exports to a CRM' }).getByRole('row')).toHaveCount(2)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test('presets, dry run, findings, files and history have no violation', async ({ workbench: { page } }) => {
      await openSample(page)
      await page.getByRole('link', { name: 'Export' }).click()
      await page.getByRole('tab', { name: 'CRM hand-off' }).click()
      await page.getByRole('heading', { name: 'Files for HubSpot' }).waitFor()
      await clean(page, 'presets')
      await page.getByRole('button', { name: 'Dry run' }).click()
      await page.getByRole('table', { name: 'Records by object' }).waitFor()
      await clean(page, 'records')
      await page.getByText(/^Findings/).click()
      await page.getByRole('table', { name: 'Findings' }).waitFor()
      await clean(page, 'findings', '.crm-result')
      await page.getByText(/^Files \d/).click()
      await clean(page, 'files', '.crm-result')
      await page.getByRole('switch', { name: /Only what changed/ }).press('Space')
      await page.getByRole('button', { name: 'Try again' }).waitFor()
      await clean(page, 'other options')
      await page.getByRole('checkbox', { name: /Salesforce/ }).press('Space')
      await page.getByRole('button', { name: 'Dry run' }).click()
      await page.getByRole('table', { name: 'Dry run by CRM' }).waitFor()
      await clean(page, 'several CRMs')
      await page.getByRole('tab', { name: /History/ }).click()
      await clean(page, 'history')
      await page.getByRole('tab', { name: 'Texts' }).click()
      const text = page.getByRole('textbox', { name: /^Text of/ })
      await text.fill('A budget of {budget}')
      await page
        .getByRole('button', { name: /^Line 1/ })
        .first()
        .waitFor()
      await clean(page, 'texts')
    })
  })
}
