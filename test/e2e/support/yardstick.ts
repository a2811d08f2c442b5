import type { Page } from '@playwright/test'

/** Processor time that the yardstick takes where a step may cost what it says, ms. */
const STATED_MS = 15
const ROUNDS = 7

/**
 * How much slower than stated this machine is right now: a piece of work of the kind that a step is (rows are made, styled, laid out
 * and sorted), which never changes with the app, against what it takes where the limit of a step is stated.
 *
 * @param spent processor time of the page's main thread so far, ms
 * @returns 1 or more: a faster machine may not take longer than is stated
 */
export async function slowness(page: Page, spent: () => Promise<number>): Promise<number> {
  const rounds: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const before = await spent()
    await page.evaluate(work)
    rounds.push((await spent()) - before)
  }
  const median = rounds.toSorted((a, b) => a - b)[ROUNDS >> 1] ?? 0
  return Math.max(1, median / STATED_MS)
}

/** In a shadow tree: no style of the app reaches it. */
function work(): number {
  const host = document.createElement('div')
  host.style.cssText = 'position: fixed; left: 0; top: 0; width: 600px; height: 400px; contain: strict; opacity: 0'
  const tree = host.attachShadow({ mode: 'open' })
  document.body.append(host)
  const list = document.createElement('div')
  let state = 1
  const values = Array.from({ length: 20_000 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state
  })
  for (const value of values.toSorted((a, b) => a - b).slice(0, 600)) {
    const row = document.createElement('div')
    row.style.display = 'flex'
    for (const text of [value.toString(36), String(value), (value / 7).toFixed(3)]) {
      const cell = document.createElement('span')
      cell.textContent = text
      cell.style.flex = '1'
      row.append(cell)
    }
    list.append(row)
  }
  tree.append(list)
  const { height } = list.getBoundingClientRect()
  host.remove()
  return height
}
