import { clean } from './support/clean.ts'
import { openSample } from './support/steps.ts'
import { expect, test } from './support/test.ts'

test('a threshold is edited, reviewed, applied, scored by, and brought back', async ({ workbench: { page } }) => {
  await openSample(page)
  await page.getByRole('link', { name: 'Model' }).click()
  await page.getByRole('tab', { name: 'Buckets and stages' }).click()
  await page.getByRole('spinbutton', { name: 'Hot PQL from' }).fill('90')
  await page.getByRole('button', { name: 'Review and apply' }).click()
  const changes = page.getByRole('table', { name: 'Changes of the model' })
  await expect(changes).toContainText('80')
  await expect(changes).toContainText('90')
  await page.getByRole('button', { name: 'Apply as a new version' }).click()
  await expect(page.getByText('Edited, not in force')).toHaveCount(0)

  await page.getByRole('tab', { name: /Versions/ }).click()
  const versions = page.getByRole('table', { name: 'Versions of the model' })
  await versions
    .getByRole('button', { name: /Recipe/ })
    .last()
    .click()
  await expect(page.getByRole('table', { name: 'Difference' })).toContainText('Hot PQL threshold')
  await page.getByRole('button', { name: 'Bring back' }).click()
  await expect(page.getByText('Recipe is in force again')).toBeVisible()
})

test('a draft is still there after a reload', async ({ workbench: { page } }) => {
  await openSample(page)
  await page.getByRole('link', { name: 'Model' }).click()
  await page
    .getByRole('table', { name: 'Signals' })
    .getByRole('button', { name: /Usage limit hit/ })
    .click()
  await page.getByRole('spinbutton', { name: 'Points', exact: true }).fill('14')
  await expect(page.getByText('Edited, not in force')).toBeVisible()
  await expect(page.getByRole('table', { name: 'Signals' })).toContainText('changed')
  await page.getByRole('link', { name: 'Scores' }).click()
  await page.getByRole('link', { name: 'Model' }).click()
  await expect(page.getByText('Edited, not in force')).toBeVisible()
  await page.reload()
  await expect(page.getByText('Edited, not in force')).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test('the parts of the model, and the history of a score, have no violation', async ({ workbench: { page } }) => {
      await openSample(page)
      await page.getByRole('link', { name: 'Model' }).click()
      await page
        .getByRole('table', { name: 'Signals' })
        .getByRole('button', { name: /Usage limit hit/ })
        .click()
      await page.getByRole('complementary', { name: 'Signal' }).waitFor()
      await clean(page, 'signals')
      for (const part of ['Buckets and stages', 'Roles', 'JSON', 'Versions']) {
        await page.getByRole('tab', { name: new RegExp(part) }).click()
        await page.getByRole('tab', { name: new RegExp(part), selected: true }).waitFor()
        await clean(page, part, '.model')
      }
      await page.getByRole('link', { name: 'Scores' }).click()
      await page.getByRole('grid', { name: 'Workspaces by score' }).getByRole('row').nth(12).click()
      await page.getByRole('heading', { name: 'How the score adds up' }).waitFor()
      await clean(page, 'why', '.side-panel')
      await page.getByRole('tab', { name: 'History' }).click()
      await page.getByRole('table', { name: 'Causes of the change' }).waitFor()
      await clean(page, 'history', '.side-panel')
    })
  })
}
