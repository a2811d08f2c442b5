import { openFirst, openSample } from './support/steps.ts'
import { expect, test } from './support/test.ts'

test('no request leaves this machine', async ({ workbench: { page } }) => {
  const hosts = new Set<string>()
  page.on('request', request => hosts.add(new URL(request.url()).host))
  const { host } = new URL(page.url())
  await page.reload()
  await openSample(page)
  await openFirst(page)
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('textbox', { name: 'Search workspaces and commands' }).fill('energy')
  await page.locator('.palette__score').first().waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Export' }).click()
  await page.getByRole('button', { name: 'Write files' }).click()
  await page.getByRole('table', { name: 'Written files' }).waitFor()
  expect([...hosts]).toEqual([host])
})

test('the page has its own font, and every style is allowed by the content policy', async ({ workbench: { page } }) => {
  await openSample(page)
  const fonts = await page.evaluate(async () => {
    await document.fonts.ready
    return [...document.fonts].filter(font => font.status === 'loaded').map(font => font.family)
  })
  expect(new Set(fonts)).toEqual(new Set(['Inter Variable']))
})
