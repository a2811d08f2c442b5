import axe from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './test.ts'

/** Has the whole page, or the part of it that has changed since, no violation once it is at rest? */
export async function clean(page: Page, name: string, within = 'html'): Promise<void> {
  await expect.poll(() => unrest(page), `${name} comes to rest`).toEqual([])
  const { violations } = await new axe({ page }).include(within).analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' | ')}`)
  expect(found, name).toEqual([])
}

/** What is still moving, and what waits for an answer and is pale until it comes. */
async function unrest(page: Page): Promise<readonly string[]> {
  return await page.evaluate(() => {
    const moving = document.getAnimations().flatMap(({ effect, playState }) => {
      const target = playState === 'running' && effect instanceof KeyframeEffect ? effect.target : null
      return target === null ? [] : [`moves: ${target.className}`]
    })
    const busy = [...document.querySelectorAll('[aria-busy=true]')].map(({ className }) => `waits: ${className}`)
    return [...moving, ...busy]
  })
}
