import type { Page } from '@playwright/test'
import { clean } from './support/clean.ts'
import { enter, goByKeys } from './support/keys.ts'
import { openSample } from './support/steps.ts'
import { expect, test } from './support/test.ts'

async function openPart(page: Page, name: string): Promise<void> {
  await openSample(page)
  await goByKeys(page, 'r')
  await page.getByRole('table', { name: 'Rules in their order' }).waitFor()
  await page.getByRole('tab', { name }).click()
}

test('a workspace goes from one person of a pool to another by keyboard, and back', async ({ workbench: { page } }) => {
  await openPart(page, 'Pools')
  const pools = page.getByRole('table', { name: 'People of the pools and their work' })
  await enter(pools.getByRole('button', { name: 'Maren Holbeck' }))
  const work = page.getByRole('grid', { name: 'Workspaces of Maren Holbeck' })
  await expect(work).toHaveAttribute('aria-rowcount', '4')
  await work.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('combobox', { name: 'Give what is marked to' }).selectOption('Rafe Quintero')
  await expect(work).toHaveAttribute('aria-rowcount', '3')
  await expect(pools.getByRole('row', { name: /Rafe Quintero/ })).toContainText('3 of 8')
  await page.getByRole('button', { name: 'Close the panel' }).focus()
  await page.keyboard.press('Control+z')
  await expect(work).toHaveAttribute('aria-rowcount', '4')
  await page.keyboard.press('Escape')
  await expect(work).toHaveCount(0)
})

test('an alert is opened, leads to its records, and stays seen', async ({ workbench: { page } }) => {
  await openPart(page, 'Alerts')
  const alerts = page.getByRole('grid', { name: 'Alerts' })
  await alerts.focus()
  await page.keyboard.press('ArrowDown')
  const panel = page.getByRole('complementary', { name: 'Alert' })
  await enter(panel.getByRole('button', { name: /^users / }))
  await expect(page.getByRole('dialog')).toContainText('users.csv')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await enter(panel.getByRole('button', { name: 'Mark as seen' }))
  await expect(panel.getByRole('button', { name: 'Mark as not seen' })).toBeVisible()
  await enter(page.getByRole('button', { name: 'Not seen', exact: true }))
  await expect(page.getByRole('button', { name: 'Not seen', exact: true })).toHaveAttribute('aria-pressed', 'true')
  const left = (await alerts.getAttribute('aria-rowcount')) ?? ''
  await page.reload()
  await page.getByRole('tab', { name: 'Alerts' }).click()
  await page.getByRole('button', { name: 'Not seen', exact: true }).click()
  await expect(alerts).toHaveAttribute('aria-rowcount', left)
})

test('ICP rules are tried, linted, published, and asked for after the next scoring', async ({
  workbench: { page },
}) => {
  await openPart(page, 'ICP')
  await enter(page.getByRole('button', { name: 'Add a rule' }))
  await page.getByRole('spinbutton', { name: 'Points of rule 1' }).fill('70')
  const findings = page.getByRole('region', { name: 'Findings about the ICP rules' })
  await expect(findings).toContainText('holds for no account')
  await page.getByRole('textbox', { name: 'Value of rule 1' }).fill('20')
  await expect(page.getByRole('complementary', { name: 'Who becomes what' })).toContainText(/accounts? moves?/)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Control+s')
  const dialog = page.getByRole('dialog', { name: 'Review and publish' })
  await expect(dialog).toContainText('+ employee_count at least 20: +70')
  await enter(dialog.getByRole('button', { name: 'Publish as a version of the model' }))
  await expect(page.getByText('The ICP rules are in force')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Value of rule 1' })).toHaveValue('20')
})

test('the review destination leads to what keeps workspaces waiting, which is dismissed', async ({
  workbench: { page },
}) => {
  await openPart(page, 'Test a workspace')
  await enter(page.getByLabel('Destinations').getByRole('button', { name: 'Review' }))
  const anomalies = page.getByRole('table', { name: 'Anomalies of the routed workspaces' })
  await enter(anomalies.getByRole('button', { name: /^Dismiss: Burst/ }))
  await expect(anomalies.getByRole('row', { name: /Burst/ })).toContainText('dismissed')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test('pools, alerts, ICP rules and anomalies have no violation', async ({ workbench: { page } }) => {
      await openPart(page, 'Pools')
      await page.getByRole('button', { name: 'Maren Holbeck' }).click()
      await page.getByRole('grid', { name: 'Workspaces of Maren Holbeck' }).waitFor()
      await page.getByRole('button', { name: 'Mark all' }).click()
      await clean(page, 'pools')
      await page.getByRole('tab', { name: 'Alerts' }).click()
      await page.getByRole('grid', { name: 'Alerts' }).getByRole('row').nth(1).click()
      await page.getByRole('complementary', { name: 'Alert' }).waitFor()
      await clean(page, 'alerts')
      await page.getByRole('tab', { name: 'ICP' }).click()
      await page.getByRole('button', { name: 'Add a rule' }).click()
      await page.getByRole('region', { name: 'Findings about the ICP rules' }).waitFor()
      await clean(page, 'ICP rules')
      await page.getByRole('button', { name: 'Review and publish' }).click()
      await page.getByRole('dialog', { name: 'Review and publish' }).waitFor()
      await clean(page, 'ICP changes', '[role=dialog]')
      await page.keyboard.press('Escape')
      await page.getByRole('tab', { name: 'Anomalies' }).click()
      await page.getByRole('table', { name: 'Anomalies of the routed workspaces' }).waitFor()
      await clean(page, 'anomalies')
    })
  })
}
