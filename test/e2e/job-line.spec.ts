import { test } from './support/held-engine.ts'
import { goByKeys } from './support/keys.ts'
import { expect } from './support/test.ts'

test('rooms that are opened while the sample is scored wait their turn: scores arrive, and nothing fails', async ({
  workbench: { page },
  goOn,
}) => {
  await page.getByRole('button', { name: 'Open the sample' }).click()
  await page
    .getByRole('button', { name: /running/ })
    .filter({ hasText: 'Score' })
    .waitFor()
  await goByKeys(page, 'n')
  await page.getByRole('button', { name: /1 job running, \d waiting/ }).waitFor()
  await goByKeys(page, 't')
  goOn()
  await page.getByRole('grid', { name: 'Event names' }).getByRole('row').nth(1).waitFor()
  await page.getByRole('link', { name: 'Scores' }).click()
  await page.getByRole('grid', { name: 'Workspaces by score' }).getByText('Hot PQL').first().waitFor()
  await page.getByRole('link', { name: 'Identity' }).click()
  await page.getByRole('tab', { name: /Review/ }).waitFor()
  await expect(page.locator('.notice--bad')).toHaveCount(0)
})
