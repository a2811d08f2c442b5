import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, type Page } from '@playwright/test'
import { startHost } from '../browser-host/host.ts'
import { ensureBuilt } from '../electron/build-state.ts'
import { findChromium } from './chromium.ts'

const USAGE = `node scripts/screenshot.ts (--url URL | --app) --out FILE.png
  --app                       the program itself, built if need be, with a data folder of its own
  --folder DIR                that data folder, kept
  --width 1280 --height 800   size of the window
  --theme light|dark          what the page is told the system prefers
  --click SELECTOR            clicked in turn, any number of times
  --type TEXT                 typed after the clicks, into what has the focus
  --press KEY                 pressed after that, any number of times
  --wait SELECTOR             waited for before the picture
  --full                      the whole page, not the window
`

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    app: { type: 'boolean', default: false },
    folder: { type: 'string' },
    out: { type: 'string' },
    width: { type: 'string', default: '1280' },
    height: { type: 'string', default: '800' },
    theme: { type: 'string', default: 'light' },
    click: { type: 'string', multiple: true, default: [] },
    type: { type: 'string' },
    press: { type: 'string', multiple: true, default: [] },
    wait: { type: 'string' },
    full: { type: 'boolean', default: false },
  },
})

if (values.out === undefined || (values.url === undefined && !values.app)) {
  process.stderr.write(USAGE)
  process.exitCode = 2
} else if (values.url === undefined) {
  await takePictureOfApp(values.out)
} else {
  await takePicture(values.url, values.out)
}

async function takePictureOfApp(out: string): Promise<void> {
  const root = join(import.meta.dirname, '..')
  ensureBuilt(root)
  const temporary = mkdtempSync(join(tmpdir(), 'pql-screenshot-'))
  const dataFolder = values.folder ?? temporary
  const host = await startHost({ rendererRoot: join(root, 'dist/renderer'), dataFolder })
  try {
    await takePicture(host.url, out)
  } finally {
    await host.close()
    rmSync(temporary, { recursive: true, force: true })
  }
}

async function takePicture(url: string, out: string): Promise<void> {
  const found = findChromium()
  if (found === null) throw new Error('no Chromium for this system: install one or set CHROMIUM')
  const browser = await chromium.launch({
    executablePath: found.executablePath,
    args: [...found.args],
    env: found.env,
  })
  try {
    const page = await browser.newPage({
      viewport: { width: Number(values.width), height: Number(values.height) },
      colorScheme: values.theme === 'dark' ? 'dark' : 'light',
    })
    page.on('console', message => {
      if (message.type() === 'error') process.stderr.write(`console: ${message.text()}\n`)
    })
    page.on('pageerror', error => process.stderr.write(`page: ${error.message}\n`))
    await page.goto(url)
    await act(page)
    await page.screenshot({ path: out, fullPage: values.full })
    process.stdout.write(`${out}\n`)
  } finally {
    await browser.close()
  }
}

async function act(page: Page): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  // A page that shows nothing by itself is a picture too.
  await page
    .waitForFunction(() => document.body.innerText.trim() !== '', null, { timeout: 5000 })
    .catch(() => undefined)
  for (const selector of values.click) await page.locator(selector).first().click()
  if (values.type !== undefined) await page.keyboard.type(values.type)
  for (const key of values.press) await page.keyboard.press(key)
  if (values.wait !== undefined) await page.locator(values.wait).first().waitFor()
  await page.evaluate(() => new Promise<void>(done => requestAnimationFrame(() => requestAnimationFrame(() => done()))))
}
