import type { Locator, Page } from '@playwright/test'
import { expect } from './test.ts'

/** Presses a button by keyboard once it can be pressed: a key does not wait for that, as a click does. */
export async function enter(button: Locator): Promise<void> {
  await expect(button).toBeEnabled()
  await button.press('Enter')
}

/** G and the key of a room. They count together within a second, so the second does not wait for the page to have taken the first. */
export async function goByKeys(page: Page, key: string): Promise<void> {
  await Promise.all([page.keyboard.press('g'), page.keyboard.press(key)])
}

/** Takes an option of a list that a field has open: the arrow until the option is the one in hand, then Enter. */
export async function takeOption(option: Locator): Promise<void> {
  const page = option.page()
  await option.waitFor()
  await nextMoment(page)
  for (let press = 0; press < 40 && !(await isInHand(option)); press++) await page.keyboard.press('ArrowDown')
  await expect(option).toHaveAttribute(IN_HAND, 'true')
  await page.keyboard.press('Enter')
  await option.waitFor({ state: 'hidden' })
}

const IN_HAND = 'data-combobox-selected'

async function isInHand(option: Locator): Promise<boolean> {
  return (await option.getAttribute(IN_HAND)) === 'true'
}

/** Lets happen what the page has put off: a list chooses its first option a moment after it has opened. */
async function nextMoment(page: Page): Promise<void> {
  await page.evaluate(() => new Promise<void>(done => requestAnimationFrame(() => setTimeout(done))))
}
