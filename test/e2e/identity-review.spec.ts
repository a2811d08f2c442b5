import type { Page } from '@playwright/test'
import { clean } from './support/clean.ts'
import { enter, goByKeys } from './support/keys.ts'
import { openSample } from './support/steps.ts'
import { expect, test } from './support/test.ts'

async function openIdentity(page: Page): Promise<void> {
  await openSample(page)
  await goByKeys(page, 'n')
  await page.getByRole('table', { name: 'Both records side by side' }).waitFor()
}

const waiting = (page: Page) => page.getByRole('group', { name: 'Question' }).getByRole('button', { name: /^People/ })

/** How many people wait for an answer, as the button tells. */
async function countOf(page: Page): Promise<number> {
  await expect(waiting(page)).toContainText(/[1-9]/)
  return Number((await waiting(page).innerText()).replace(/\D/g, ''))
}

const records = (page: Page) =>
  page.getByRole('table', { name: 'Both records side by side' }).getByRole('button', { name: /line/ })

test('candidates are answered, taken back and answered together by keyboard alone', async ({ workbench: { page } }) => {
  await openIdentity(page)
  const before = await countOf(page)
  const first = await records(page).first().innerText()
  await page.keyboard.press('x')
  await expect(records(page).first()).not.toHaveText(first)
  await expect(waiting(page)).toContainText(String(before - 1))
  await page.keyboard.press('z')
  await expect(waiting(page)).toContainText(String(before))
  await expect(records(page).first()).toHaveText(first)

  await page.getByRole('grid', { name: 'Candidates' }).focus()
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await enter(page.getByRole('region', { name: 'Candidates' }).getByRole('button', { name: 'Different people' }))
  await expect(page.getByRole('button', { name: 'Answer 3 candidates' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(waiting(page)).toContainText(String(before - 3))
  await page.getByRole('tab', { name: 'History' }).click()
  await expect(page.getByRole('grid', { name: 'Answers' }).getByRole('button', { name: 'Take back' })).toHaveCount(3)
})

test('an answer outlives a reload, and scores say that they are older', async ({ workbench: { page } }) => {
  await openIdentity(page)
  const before = await countOf(page)
  await page.keyboard.press('a')
  await expect(waiting(page)).toContainText(String(before - 1))
  await expect(page.getByRole('button', { name: /^Scores/ })).toContainText('stale')
  await page.reload()
  await page.getByRole('link', { name: 'Identity' }).click()
  await expect(waiting(page)).toContainText(String(before - 1))
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test('every part of identity has no violation', async ({ workbench: { page } }) => {
      await openIdentity(page)
      await clean(page, 'review')
      await page.keyboard.press('e')
      await page.getByRole('table', { name: 'Both rows' }).waitFor()
      await clean(page, 'rows', '[role=dialog]')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: /^Workspaces/ }).click()
      await page.getByRole('radio').first().waitFor()
      await clean(page, 'workspaces', '.review-room')
      await page.getByRole('tab', { name: 'Thresholds' }).click()
      await page.getByRole('slider', { name: 'Join from' }).press('PageUp')
      await page.getByRole('button', { name: 'Back to what is in force' }).waitFor()
      await clean(page, 'thresholds', '.identity')
      await page.getByRole('tab', { name: 'Groups' }).click()
      await page.getByRole('grid', { name: 'Groups' }).press('Home')
      await page.getByRole('img', { name: /records of one person/ }).waitFor()
      await clean(page, 'graph', '.identity')
      await page.getByText('Table', { exact: true }).click()
      await page.getByRole('table', { name: 'Joins of the group' }).waitFor()
      await clean(page, 'joins', '.identity')
      await page.getByText('Values', { exact: true }).click()
      await enter(page.getByRole('button', { name: /^Pin / }).first())
      await page.getByRole('button', { name: /^Unpin/ }).waitFor()
      await clean(page, 'values', '.identity')
      await page.getByRole('tab', { name: 'Rules' }).click()
      await page.getByRole('textbox', { name: 'Email, one mailbox: precision' }).fill('0.99')
      await page.getByRole('button', { name: 'Review and apply' }).click()
      await page.getByRole('dialog', { name: 'Review and apply' }).waitFor()
      await clean(page, 'difference', '[role=dialog]')
      await page.getByRole('button', { name: 'Cancel' }).click()
      await clean(page, 'rules', '.identity')
      await page.getByRole('tab', { name: 'Domains' }).click()
      await page.getByRole('grid', { name: 'Domains' }).getByText('gmail.com').click()
      await page.getByRole('complementary', { name: 'Domain gmail.com' }).waitFor()
      await clean(page, 'domains', '.identity')
      await page.getByRole('tab', { name: 'Quality' }).click()
      await page.getByRole('region', { name: 'Pair' }).waitFor()
      await page.keyboard.press('a')
      await page.getByText(/from 1 of 1 labelled pair/).waitFor()
      await clean(page, 'quality', '.identity')
      for (const tab of ['Why not', 'Shared values', 'History']) {
        await page.getByRole('tab', { name: tab }).click()
        await clean(page, tab, '.identity')
      }
    })
  })
}
