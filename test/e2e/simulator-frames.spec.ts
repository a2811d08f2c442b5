import type { CDPSession, Page } from '@playwright/test'
import { test as large } from './support/large-project.ts'
import { openSimulator, showSimulator } from './support/steps.ts'
import { expect, test, type Workbench } from './support/test.ts'
import { slowness } from './support/yardstick.ts'

// a trace takes a picture of the page at every step, on the very thread that is measured
test.use({ trace: 'off' })
large.use({ trace: 'off' })

/** The most that the UI thread may work for one step of a drag, in milliseconds of processor time; as much more as a machine is slower. */
const FRAME_MS = 50
const STEPS = 60

const HANDLES = [
  ['a threshold', 'PQL from'],
  ['a decay', 'Intent, decay, days'],
  ['points', 'Activation, maximum'],
] as const

test.describe('while a handle is dragged', () => {
  for (const [why, name] of HANDLES) {
    test(`${why}: no step costs the UI thread over ${FRAME_MS} ms, and every step is shown`, async ({ workbench }) => {
      await openSimulator(workbench.page)
      await dragAndCount(workbench, name)
    })
  }
})

large.describe('while a handle is dragged over 20,000 workspaces', () => {
  for (const [why, name] of HANDLES) {
    large(`${why}: no step costs the UI thread over ${FRAME_MS} ms, and every step is shown`, async ({ workbench }) => {
      await showSimulator(workbench.page)
      await dragAndCount(workbench, name)
    })
  }

  large(`the list is scrolled: no turn of the wheel costs over ${FRAME_MS} ms`, async ({ workbench: { page } }) => {
    await page.getByRole('link', { name: 'Scores' }).click()
    const grid = page.getByRole('grid', { name: 'Workspaces by score' })
    await grid.getByText('Hot PQL').first().waitFor()
    await grid.hover()
    const costs = await costsTwice(page, () => page.mouse.wheel(0, 400))
    holdAgainstLimit(costs)
    await expect(grid.getByRole('row').nth(5)).toBeVisible()
  })
})

/** Drags a handle there and back, twice, and holds each step against the limit. */
async function dragAndCount({ page }: Workbench, name: string): Promise<void> {
  const handle = page.getByRole('slider', { name, exact: true })
  await handle.scrollIntoViewIfNeeded()
  const from = await centre(page, name)
  const picture = page.locator('.threshold-histogram')
  const before = await picture.innerHTML()
  let hasMoved = false
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  const costs = await costsTwice(page, async step => {
    if (step === 8) hasMoved = (await picture.innerHTML()) !== before
    await page.mouse.move(from.x + 36 * Math.sin((step / STEPS) * 4 * Math.PI), from.y)
  })
  await page.mouse.up()
  expect(hasMoved, 'the picture follows while the handle is held').toBe(true)
  holdAgainstLimit(costs)
  await expect(page.getByText('1 change', { exact: true }).or(page.getByText('Nothing changed'))).toBeVisible()
}

/**
 * What each step costs the UI thread. Where one costs too much, all are taken once more, and the smaller cost of each counts: what a
 * step does, it does both times; what only fell into its time, such as a collection of garbage, it does not.
 */
async function costsTwice(page: Page, act: (step: number) => Promise<void>): Promise<readonly number[]> {
  const first = await costsOf(page, act)
  if (first.every(cost => cost <= FRAME_MS)) return first
  const again = await costsOf(page, act)
  return first.map((cost, step) => Math.min(cost, again[step] ?? cost))
}

/** What each step costs the UI thread, from the step to the frame that shows it: by the speed that the machine has at that time. */
async function costsOf(page: Page, act: (step: number) => Promise<void>): Promise<readonly number[]> {
  const { spent, end } = await threadTime(page)
  const slow = await slowness(page, spent)
  const costs: number[] = []
  let last = await spent()
  for (let step = 1; step <= STEPS; step++) {
    await act(step)
    await frame(page)
    const now = await spent()
    costs.push((now - last) / slow)
    last = now
  }
  await end()
  test.info().annotations.push({ type: 'machine', description: `${slow.toFixed(2)} times slower than stated` })
  return costs
}

function holdAgainstLimit(costs: readonly number[]): void {
  const [median, worst] = [costs.toSorted((a, b) => a - b)[costs.length >> 1] ?? 0, Math.max(...costs)]
  const description = `median ${median.toFixed(1)} ms, worst ${worst.toFixed(1)} ms`
  test.info().annotations.push({ type: 'step', description })
  process.stdout.write(`    ${test.info().title}: ${description}\n`)
  expect(costs.filter(cost => cost > FRAME_MS)).toEqual([])
}

/** Processor time that the main thread of the page has spent on tasks, so that a busy machine does not count. */
async function threadTime(page: Page): Promise<Readonly<{ spent: () => Promise<number>; end: () => Promise<void> }>> {
  const session: CDPSession = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  return {
    spent: async () => {
      const { metrics } = await session.send('Performance.getMetrics')
      return (metrics.find(metric => metric.name === 'TaskDuration')?.value ?? Number.NaN) * 1000
    },
    end: () => session.detach(),
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
