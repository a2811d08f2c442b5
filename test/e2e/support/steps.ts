import type { Page } from '@playwright/test'
import { expect } from './test.ts'

/** From the start screen to the scores of the shipped sample. */
export async function openSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open the sample' }).click()
  await page.getByRole('grid', { name: 'Workspaces by score' }).getByText('Hot PQL').first().waitFor()
}

/** Opens the first workspace of the list and gives its score as the panel shows it. */
export async function openFirst(page: Page): Promise<string> {
  await page.getByRole('grid', { name: 'Workspaces by score' }).getByRole('row').nth(1).click()
  await page.getByRole('heading', { name: 'Top reasons' }).waitFor()
  return await page.locator('.unit-head__figure').innerText()
}

/** Lets go of files over the window, as a file manager does. */
export async function drop(page: Page, files: Readonly<Record<string, string | Buffer>>): Promise<void> {
  const list = Object.entries(files).map(([name, content]) => [name, Buffer.from(content).toString('base64')] as const)
  const transfer = await page.evaluateHandle(contents => {
    const held = new DataTransfer()
    for (const [name, text] of contents)
      held.items.add(new File([Uint8Array.from(atob(text), letter => letter.charCodeAt(0))], name))
    return held
  }, list)
  const dispatch = (type: string): Promise<void> => page.dispatchEvent('body', type, { dataTransfer: transfer })
  await expect(async () => {
    await dispatch('dragenter')
    await expect(page.getByText('Drop to add exports')).toBeVisible({ timeout: 20_000 })
  }).toPass()
  await dispatch('dragover')
  await dispatch('drop')
}

/** The simulator over the shipped sample, with nothing changed. */
export async function openSimulator(page: Page): Promise<void> {
  await openSample(page)
  await showSimulator(page)
}

/** The simulator over the scored project that is open. */
export async function showSimulator(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Simulator' }).click()
  await page.getByRole('table', { name: 'Volume per destination' }).waitFor()
}
