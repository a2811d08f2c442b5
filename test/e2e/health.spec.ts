import { clean } from './support/clean.ts'
import { enter, goByKeys, takeOption } from './support/keys.ts'
import { openSample } from './support/steps.ts'
import { expect, test } from './support/test.ts'

test('the dirt of the sample is found, and each row leads to its line', async ({ workbench: { page } }) => {
  await openSample(page)
  await page.getByRole('link', { name: 'Data health' }).click()
  const checks = page.getByRole('grid', { name: 'Checks' })
  await expect(checks.getByRole('row', { name: /Bot sign-ups/ })).toContainText('120')
  await expect(checks.getByRole('row', { name: /Looped events/ })).toContainText('258')

  await checks.getByText('Looped events').click()
  const panel = page.getByRole('complementary', { name: 'Looped events' })
  await expect(panel).toContainText('140 events of core_feature_used')
  await panel.getByRole('grid', { name: 'Rows behind it' }).getByRole('row').nth(1).click()
  await expect(page.getByRole('dialog')).toContainText(/events\.csv\.gz, line \d/)
  await page.keyboard.press('Escape')

  await checks.getByText('Workspaces named like a sandbox').click()
  const sandboxes = page.getByRole('complementary', { name: 'Workspaces named like a sandbox' })
  await sandboxes.getByRole('grid', { name: 'Rows behind it' }).getByRole('row').nth(1).click()
  await expect(page.getByRole('dialog')).toContainText(/workspaces\.csv, line \d/)
})

test('a report is there after a reload, and is not old by it', async ({ workbench: { page } }) => {
  await openSample(page)
  await page.getByRole('link', { name: 'Data health' }).click()
  await page.getByRole('grid', { name: 'Checks' }).waitFor()
  await page.reload()
  await expect(page.getByRole('row', { name: /Looped events/ })).toContainText('258')
  await expect(page.getByText('has changed since this check')).toHaveCount(0)
})

test('a workspace is looked at as of an earlier day, and the activation rule is changed, by keyboard alone', async ({
  workbench: { page },
}) => {
  await openSample(page)
  await goByKeys(page, 'd')
  await page.getByRole('grid', { name: 'Checks' }).waitFor()
  await page.getByRole('tab', { name: 'Checks' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'Checks' })).not.toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'Workspace as of' })).toBeFocused()
  const picker = page.getByRole('textbox', { name: 'Workspace' })
  await picker.focus()
  await page.keyboard.type('quillridge')
  await expect(page.getByRole('option')).toHaveCount(1) // the answer to all that was typed
  await takeOption(page.getByRole('option', { name: /Quillridge Media/ }))
  const health = page.getByRole('region', { name: 'Health' })
  await expect(health).toContainText('At risk')
  await page.getByLabel('as of the end of').fill('2026-04-15')
  await expect(health).toContainText('Steady')
  await expect(health).toContainText('as of 15 Apr 2026')

  await page.getByRole('tab', { name: 'Workspace as of' }).focus()
  await page.keyboard.press('ArrowRight')
  const effect = page.getByRole('region', { name: 'Effect' })
  await expect(effect).toContainText('This is the rule in force')
  await enter(page.getByRole('button', { name: 'Remove test 2 of primary milestone' }))
  await expect(effect).toContainText('more activated')
  await enter(page.getByRole('button', { name: 'Apply as a new model version' }))
  await expect(effect).toContainText('This is the rule in force')
  await expect(page.getByText('Scores are older than the data or the model.')).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test('no part has a violation', async ({ workbench: { page } }) => {
      await openSample(page)
      await page.getByRole('link', { name: 'Data health' }).click()
      await page.getByRole('grid', { name: 'Checks' }).getByText('Bot sign-ups').click()
      await page.getByRole('grid', { name: 'Rows behind it' }).waitFor()
      await page.getByRole('heading', { name: 'What was found' }).waitFor()
      await clean(page, 'checks and what they found')
      await enter(page.getByRole('button', { name: /^Dismiss/ }).first())
      await page.getByRole('heading', { name: /1 of \d+ dismissed/ }).waitFor()
      await clean(page, 'an anomaly that was dismissed')
      await page.getByRole('tab', { name: 'Tables' }).click()
      await page.getByRole('table', { name: 'Completeness per column' }).waitFor()
      await clean(page, 'tables')
      await page.getByRole('tab', { name: 'Workspace as of' }).click()
      await page.getByRole('region', { name: 'Health' }).waitFor()
      await clean(page, 'workspace as of')
      await page.getByRole('tab', { name: 'Activation' }).click()
      await page.getByRole('region', { name: 'Effect' }).waitFor()
      await clean(page, 'activation')
    })
  })
}
