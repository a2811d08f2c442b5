import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openFirst, openSample } from './support/steps.ts'
import { expect, test } from './support/test.ts'

test('from nothing to exported lists on the sample', async ({ workbench: { page, dataFolder } }) => {
  await openSample(page)
  const score = await openFirst(page)
  const waterfall = page.getByRole('table', { name: 'From the parts to the score' })
  await expect(waterfall.getByRole('row', { name: /^Score/ })).toContainText(score)
  await expect(page.locator('.reasons__line')).not.toHaveCount(0)

  await page.getByRole('tab', { name: 'Ledger' }).click()
  const sum = page.getByRole('row', { name: /Sum of all lines/ })
  await expect(sum.getByRole('cell').last()).toHaveText(score)
  await page.getByRole('table', { name: 'Ledger' }).getByText('Key action completed').click()
  await expect(page.getByText(/events\.csv\.gz/).first()).toBeVisible()

  await page.getByRole('tab', { name: 'Routing' }).click()
  await expect(page.getByText('holds', { exact: true })).toHaveCount(1)

  await page.getByRole('link', { name: 'Export' }).click()
  await page.getByRole('button', { name: 'Write files' }).click()
  const written = page.getByRole('table', { name: 'Written files' })
  await expect(written.getByRole('row', { name: /scores\.csv/ })).toContainText('600')
  const folder = exportFolder(dataFolder)
  for (const name of ['scores.csv', 'score_lines.csv', 'manifest.json', 'routing/sdr.csv']) {
    expect(existsSync(join(folder, name)), name).toBe(true)
  }
  expect(readFileSync(join(folder, 'scores.csv'), 'utf8').trimEnd().split('\n')).toHaveLength(601)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    written.getByRole('link', { name: 'scores.csv' }).click(),
  ])
  expect(readFileSync(await download.path(), 'utf8')).toBe(readFileSync(join(folder, 'scores.csv'), 'utf8'))
})

test('a reload comes back to the same place', async ({ workbench: { page } }) => {
  await openSample(page)
  const score = await openFirst(page)
  await page.reload()
  await expect(page.locator('.unit-head__figure')).toHaveText(score)
  await page.getByRole('button', { name: 'Close the panel' }).click()
  await page.goBack()
  await expect(page.locator('.unit-head__figure')).toHaveText(score)
})

test('a project that was closed opens again with its scores', async ({ workbench: { page } }) => {
  await openSample(page)
  await page.getByRole('link', { name: 'Project' }).click()
  await page.getByRole('button', { name: 'Close project' }).click()
  const projects = page.getByRole('region', { name: 'Projects' }) // the rail names the project, too, while it is open
  await projects.getByRole('button', { name: /^Sample/ }).click()
  await expect(page.getByText('600 workspaces are scored and routed.')).toBeVisible()
})

function exportFolder(dataFolder: string): string {
  const exports = join(dataFolder, 'exports')
  const [first] = readdirSync(exports)
  return join(exports, first ?? '')
}
