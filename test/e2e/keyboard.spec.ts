import type { Page } from '@playwright/test'
import { goByKeys } from './support/keys.ts'
import { expect, test } from './support/test.ts'

test('sample, list, panel and export by keyboard alone', async ({ workbench: { page } }) => {
  const sample = page.getByRole('button', { name: 'Open the sample' })
  await sample.waitFor()
  await tabTo(page, 'Open the sample')
  await page.keyboard.press('Enter')
  const grid = page.getByRole('grid', { name: 'Workspaces by score' })
  await grid.getByText('Hot PQL').first().waitFor()

  await tabTo(page, 'Workspaces by score')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const name = page.locator('.unit-head__name')
  const first = await name.innerText()
  await page.keyboard.press('ArrowDown')
  await expect(name).not.toHaveText(first)

  await page.keyboard.press('3')
  await expect(page.getByRole('tab', { name: 'Ledger' })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Escape')
  await expect(name).toHaveCount(0)

  await page.keyboard.press('/')
  await page.keyboard.type('energy')
  await expect(page.getByText(/of 600/)).toBeVisible()
  await page.keyboard.press('Escape')

  await goByKeys(page, 'e')
  await expect(page.getByRole('button', { name: 'Write files' })).toBeEnabled()
  await tabTo(page, 'Write files')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('table', { name: 'Written files' })).toBeVisible()
})

test('the score range is moved with the arrow keys', async ({ workbench: { page } }) => {
  await page.getByRole('button', { name: 'Open the sample' }).click()
  const handle = page.getByRole('slider', { name: 'Lowest score shown' })
  await handle.waitFor()
  await handle.focus()
  for (let press = 0; press < 8; press++) await page.keyboard.press('PageUp')
  await expect(page.getByRole('button', { name: 'Score 80 to 100, show all scores' })).toBeVisible()
  await expect(page.getByText(/^27 of 600/)).toBeVisible()
})

/** Presses Tab until the element of that accessible name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let press = 0; press < 80; press++) {
    await page.keyboard.press('Tab')
    const here = await page.evaluate(() => {
      const { activeElement } = document
      return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? ''
    })
    if (here.trim() === name) return
  }
  throw new Error(`Tab does not reach ${name}`)
}
