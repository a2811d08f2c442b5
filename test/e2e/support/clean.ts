import axe from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './test.ts'

/** Has the whole page, or the part of it that has changed since, no violation once it is at rest? */
export async function clean(page: Page, name: string, within = 'html'): Promise<void> {
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map(animation => animation.finished.catch(() => undefined))),
  )
  const { violations } = await new axe({ page }).include(within).analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' | ')}`)
  expect(found, name).toEqual([])
}
