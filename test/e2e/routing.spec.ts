import { clean } from './support/clean.ts'
import { enter, goByKeys, takeOption } from './support/keys.ts'
import { openSample } from './support/steps.ts'
import { expect, test } from './support/test.ts'

test('rules are moved and edited by keyboard, tried on a workspace, saved and brought back', async ({
  workbench: { page },
}) => {
  await openSample(page)
  await goByKeys(page, 'r')
  const rules = page.getByRole('table', { name: 'Rules in their order' })
  const line = (title: string) => rules.getByRole('button', { name: new RegExp(`^${title}`) })
  await line('Open anomaly').press('Alt+ArrowUp')
  await expect(rules.getByRole('row').nth(1)).toContainText('Open anomaly')
  await expect(line('Open anomaly')).toBeFocused()
  await page.keyboard.press('Control+z')
  await expect(rules.getByRole('row').nth(1)).toContainText('Deleted')

  await line('Hot, well-fitting').press('Enter')
  await page.getByRole('spinbutton', { name: 'Score: figure' }).fill('60')
  await expect(page.getByRole('table', { name: 'Moves from the rules in force' })).toContainText('SDR')
  await page.keyboard.press('Control+s')
  await enter(page.getByRole('button', { name: 'Save as a version' }))
  await expect(page.getByText('The rules are in force')).toBeVisible()

  await page.getByRole('tab', { name: /Test/ }).click()
  await page.keyboard.press('/')
  await takeOption(page.getByRole('option').first())
  await expect(page.getByRole('region', { name: 'Rules tried' }).getByText('decides', { exact: true })).toHaveCount(1)

  await page.getByRole('tab', { name: 'Versions' }).click()
  await page.getByRole('button', { name: 'Bring back Recipe, version 1' }).click()
  await page.getByRole('button', { name: 'Bring into force' }).click()
  await expect(page.getByText('An earlier version is in force')).toBeVisible()
})

test('a rule is dragged to another place', async ({ workbench: { page } }) => {
  await openSample(page)
  await page.getByRole('link', { name: 'Routing' }).click()
  const rows = page.getByRole('table', { name: 'Rules in their order' }).getByRole('row')
  await rows.nth(2).hover()
  await rows.nth(2).locator('.rules-table__grip').dragTo(rows.nth(5))
  await expect(rows.nth(5)).toContainText('Open anomaly')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test('rules, panel, test, settings, versions and dialogs have no violation', async ({ workbench: { page } }) => {
      await openSample(page)
      await page.getByRole('link', { name: 'Routing' }).click()
      const rules = page.getByRole('table', { name: 'Rules in their order' })
      await rules.waitFor()
      await clean(page, 'rules')
      await rules.getByRole('button', { name: /^Paid, with/ }).click()
      await page.getByRole('button', { name: 'Copy the rule' }).click()
      await page.getByText(/It can never decide/).waitFor()
      await clean(page, 'a rule')
      await page.getByRole('button', { name: 'Review and save' }).click()
      await page.getByRole('dialog', { name: 'Review and save' }).waitFor()
      await clean(page, 'save', '[role=dialog]')
      await page.getByRole('button', { name: 'Save as a version' }).click()
      await page.getByText('The rules are in force').waitFor()
      await page.getByRole('tab', { name: /Test/ }).click()
      await clean(page, 'nothing tried')
      await page.getByRole('textbox', { name: 'Workspace' }).click()
      await page.getByRole('option').first().click()
      await page.getByRole('region', { name: 'Rules tried' }).waitFor()
      await clean(page, 'tried')
      await page.getByRole('tab', { name: /Suppressions/ }).click()
      await clean(page, 'settings')
      await page.getByRole('tab', { name: /Teams/ }).click()
      await page.getByRole('button', { name: 'Add a person' }).click()
      await page.getByRole('table', { name: 'People of the pools' }).waitFor()
      await clean(page, 'teams')
      await page.getByRole('tab', { name: 'Versions' }).click()
      await page.getByRole('table', { name: 'Versions of the rules' }).waitFor()
      await clean(page, 'versions')
    })
  })
}
