import type { CDPSession, Page } from '@playwright/test'
import { openSimulator } from './support/steps.ts'
import { expect, test } from './support/test.ts'

// a trace takes a picture of the page at every step, on the very thread that is measured
test.use({ trace: 'off' })
test.describe.configure({ timeout: 120_000 })

/** The most that the UI thread may work for one step of a drag, in milliseconds of processor time. */
const FRAME_MS = 50

test.describe('while a handle is dragged', () => {
  for (const [why, name] of [
    ['a threshold', 'PQL from'],
    ['a decay', 'Intent, decay, days'],
    ['points', 'Activation, maximum'],
  ] as const) {
    test(`${why}: no step costs the UI thread over ${FRAME_MS} ms, and every step is shown`, async ({
      workbench: { page },
    }) => {
      await openSimulator(page)
      const handle = page.getByRole('slider', { name, exact: true })
      await handle.scrollIntoViewIfNeeded()
      const session = await threadTime(page)
      const from = await centre(page, name)
      const before = await page.locator('.threshold-histogram').innerHTML()
      await page.mouse.move(from.x, from.y)
      await page.mouse.down()
      const costs: number[] = []
      let last = await session.spent()
      for (let step = 1; step <= 60; step++) {
        // there and back, twice
        const shift = 36 * Math.sin((step / 60) * 4 * Math.PI)
        await page.mouse.move(from.x + shift, from.y)
        await frame(page)
        const now = await session.spent()
        costs.push(now - last)
        last = now
        if (step === 8) expect(await page.locator('.threshold-histogram').innerHTML()).not.toBe(before)
      }
      await page.mouse.up()
      const worst = Math.max(...costs)
      test.info().annotations.push({ type: 'worst step', description: `${worst.toFixed(1)} ms` })
      expect(costs.filter(cost => cost > FRAME_MS)).toEqual([])
      await expect(page.getByText('1 change', { exact: true }).or(page.getByText('Nothing changed'))).toBeVisible()
    })
  }
})

/** Processor time that the main thread of the page has spent on tasks, so that a busy machine does not count. */
async function threadTime(page: Page): Promise<Readonly<{ spent: () => Promise<number> }>> {
  const session: CDPSession = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  return {
    spent: async () => {
      const { metrics } = await session.send('Performance.getMetrics')
      return (metrics.find(metric => metric.name === 'TaskDuration')?.value ?? Number.NaN) * 1000
    },
  }
}

/** Two frames: the first may hold what was under way, the second has what the step made of it. */
function frame(page: Page): Promise<void> {
  return page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done()))))
}

/** Where a slider is taken hold of: the middle of a handle, the knob of a range. */
async function centre(page: Page, name: string): Promise<Readonly<{ x: number; y: number }>> {
  return await page.getByRole('slider', { name, exact: true }).evaluate(element => {
    const { left, top, width, height } = element.getBoundingClientRect()
    if (!(element instanceof HTMLInputElement)) return { x: left + width / 2, y: top + height * 0.7 }
    const share = (element.valueAsNumber - Number(element.min)) / (Number(element.max) - Number(element.min))
    const knob = 12
    return { x: left + knob / 2 + share * (width - knob), y: top + height / 2 }
  })
}
