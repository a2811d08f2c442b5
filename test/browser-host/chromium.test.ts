import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium } from '../../scripts/chromium.ts'
import { startTestHost, type TestHost } from '../support/test-host.ts'

const found = findChromium()
let running: TestHost
let browser: Browser
let page: Page
let url: string
const problems: string[] = []

describe.skipIf(found === null)('the page in a real Chromium', () => {
  beforeAll(async () => {
    running = await startTestHost()
    const root = join(import.meta.dirname, 'support/page')
    const outDir = join(running.folder, 'renderer')
    await build({ configFile: false, logLevel: 'error', root, base: './', build: { outDir, emptyOutDir: true } })
    const { executablePath = '', args = [], env = {} } = found ?? {}
    browser = await chromium.launch({ executablePath, args: [...args], env })
    page = await (await browser.newContext()).newPage()
    page.on('console', message => problems.push(message.text()))
    page.on('pageerror', error => problems.push(error.message))
    url = running.host.newUrl()
    await page.goto(url)
    await page.waitForFunction(() => 'platform' in window)
  }, 240_000)
  afterAll(async () => {
    await browser.close()
    await running.close()
  })

  test('gets its session by the link, which then is gone from its address', async () => {
    expect(page.url()).toBe(`${running.session.origin}/`)
    await page.reload()
    await page.waitForFunction(() => 'platform' in window)
    expect(await page.evaluate(() => [document.cookie, window.crossOriginIsolated])).toEqual(['', true])
    expect(problems).toEqual([])
  })

  test('calls, sees progress, and gets columns as typed arrays', async () => {
    const seen = await page.evaluate(async () => {
      const phases: string[] = []
      const { client } = window.platform
      await client['import.inspect']({ sources: ['ok'] }, { onProgress: progress => phases.push(progress.phase) })
      const asked = { sort: 'score', descending: true, filter: { search: '300000' } } as const
      const { columns, total } = await client['score.order'](asked)
      return { phases, total, kind: columns.order.constructor.name, second: columns.order[1] }
    })
    expect(seen).toEqual({ phases: ['Reading'], total: 300_000, kind: 'Uint32Array', second: 2654435761 })
  })

  test('cancels a job', async () => {
    const code = await page.evaluate(async () => {
      const abort = new AbortController()
      const options = { signal: abort.signal, onProgress: () => abort.abort() }
      return await window.platform.client['import.inspect']({ sources: ['slow'] }, options).catch(error => error.code)
    })
    expect(code).toBe('run/cancelled')
  })

  test('outlives an engine that dies', async () => {
    const seen = await page.evaluate(async () => {
      const { client } = window.platform
      const code = await client['import.inspect']({ sources: ['die'] }).catch(error => error.code)
      return [code, (await client['score.activity']({ unitId: 'w' })).today]
    })
    expect(seen).toEqual(['transport/closed', 3])
  })

  test('sends files, which the engine knows by their names', async () => {
    const seen = await page.evaluate(async () => {
      const { client, shell } = window.platform
      const done: number[] = []
      const file = new File(['id\n'.repeat(500_000)], 'events.csv')
      const [taken] = await shell.takeFiles([file], progress => done.push(progress.done))
      const { files } = await client['import.inspect']({ sources: [taken?.token ?? ''] })
      return { bytes: taken?.bytes, last: done.at(-1), name: files[0]?.file }
    })
    expect(seen).toEqual({ bytes: 1_500_000, last: 1_500_000, name: 'events.csv' })
  })

  test('saves an exported file by a plain link', async () => {
    const folder = await page.evaluate(async () => {
      const place = await window.platform.shell.newExport('Demo')
      const link = document.createElement('a')
      link.href = window.platform.shell.downloadUrl?.(place?.token ?? '', 'list.csv') ?? ''
      link.textContent = 'list.csv'
      document.body.append(link)
      return place?.folder
    })
    expect(folder).toMatch(/exports[\\/]Demo-1$/)
    writeFileSync(join(running.dataFolder, 'exports/Demo-1/list.csv'), 'unit_id\nw1\n')
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=list.csv')])
    expect(download.suggestedFilename()).toBe('list.csv')
    expect(readFileSync(await download.path(), 'utf8')).toBe('unit_id\nw1\n')
  })

  test('may style with its nonce and by attribute, and load nothing from elsewhere', async () => {
    const seen = await page.evaluate(async () => {
      const style = document.createElement('style')
      style.nonce = window.nonce
      style.textContent = 'body { color: rgb(1, 2, 3) }'
      document.head.append(style)
      const allowed = getComputedStyle(document.body).color
      document.body.setAttribute('style', 'color: rgb(4, 5, 6)')
      const attribute = getComputedStyle(document.body).color
      const planted = document.createElement('style')
      planted.textContent = 'body { color: rgb(7, 8, 9) !important }'
      document.head.append(planted)
      const refused = await fetch('http://127.0.0.1:9/').catch(() => 'refused')
      return {
        allowed,
        attribute,
        after: getComputedStyle(document.body).color,
        refused,
      }
    })
    expect(seen).toEqual({
      allowed: 'rgb(1, 2, 3)',
      attribute: 'rgb(4, 5, 6)',
      after: 'rgb(4, 5, 6)',
      refused: 'refused',
    })
    const refusedBy = problems.flatMap(problem => /Security Policy directive[^a-z]*([a-z-]+)/.exec(problem)?.[1] ?? [])
    expect(refusedBy).toEqual(['style-src', 'connect-src'])
  })

  test('a page of another origin can neither read nor act, though the browser has the cookie', async () => {
    const foreign = await startTestHost()
    const { context, address } = { context: page.context(), address: foreign.host.newUrl() }
    const other = await context.newPage()
    await other.goto(address)
    const target = running.session.origin
    const seen = await other.evaluate(async origin => {
      // The policy of that page would stop it first: the question is what the host does.
      return await Promise.all([
        fetch(`${origin}/`, { credentials: 'include' }).then(
          () => 'read',
          () => 'refused',
        ),
        fetch(`${origin}/shell/project.list`, {
          method: 'POST',
          credentials: 'include',
          mode: 'no-cors',
          body: '{}',
        }).then(
          () => 'sent',
          () => 'refused',
        ),
      ])
    }, target)
    expect(seen).toEqual(['refused', 'refused'])
    await other.close()
    await foreign.close()
  })
})
