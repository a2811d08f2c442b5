import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Browser,
  type BrowserContextOptions,
  test as base,
  _electron as electron,
  expect,
  type LaunchOptions,
  type Page,
  type PlaywrightWorkerArgs,
} from '@playwright/test'
import { startHost } from '../../../browser-host/host.ts'
import { findElectron } from '../../../electron/find-electron.ts'

const root = join(import.meta.dirname, '../../..')

export type Workbench = Readonly<{
  page: Page
  /** Where this test's projects and exports are. */
  dataFolder: string
  /** Errors of the console and of the page so far; a test that expects some empties it. */
  problems: string[]
  /** What the host and the engine reported so far. */
  reports: string[]
}>

type Fixtures = {
  dataFolder: string
  workbench: Workbench
  startProject: string | undefined
  engineEntry: string | undefined
}
type WorkerFixtures = { chromium: () => Promise<Browser> }

/**
 * A test of the whole program: `workbench` is the app, open on its first screen, with a data folder of its own. At the
 * end there must be no error in the console and no report of a bug.
 */
export const test = base.extend<Fixtures, WorkerFixtures>({
  /** A project file to start with. */
  startProject: [undefined, { option: true }],
  /** The module that the engine runs, where a test has one of its own; there is no such choice on the desktop. */
  engineEntry: [undefined, { option: true }],
  dataFolder: async ({ browserName: _ }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'pql-e2e-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
  // Not Playwright's own `browser`: the electron project must not need one.
  chromium: [
    async ({ playwright, launchOptions }, use) => {
      const opened: Browser[] = []
      await use(async () => opened[0] ?? (await launched(playwright, launchOptions, opened)))
      await Promise.all(opened.map(browser => browser.close()))
    },
    { scope: 'worker' },
  ],
  workbench: async (
    { dataFolder, chromium, contextOptions, colorScheme, viewport, startProject: project, engineEntry },
    use,
    info,
  ) => {
    const isDesktop = info.project.name === 'electron'
    base.skip(isDesktop && engineEntry !== undefined, 'the desktop has no other engine than its own')
    const options = { ...contextOptions, colorScheme, viewport }
    const opened = isDesktop
      ? await openDesktop(dataFolder, project)
      : await openInHost(await chromium(), options, { dataFolder, project, engineEntry })
    await use(opened.workbench)
    await opened.close()
    expect.soft(opened.workbench.problems, 'errors in the console').toEqual([])
    expect.soft(opened.workbench.reports, 'bugs reported by the host').toEqual([])
  },
})

export { expect }

type Start = Readonly<{ dataFolder: string; project: string | undefined; engineEntry: string | undefined }>
type Opened = Readonly<{ workbench: Workbench; close(): Promise<void> }>

async function launched(
  playwright: PlaywrightWorkerArgs['playwright'],
  options: LaunchOptions,
  opened: Browser[],
): Promise<Browser> {
  const browser = await playwright.chromium.launch(options)
  opened.push(browser)
  return browser
}

async function openInHost(
  browser: Browser,
  options: BrowserContextOptions,
  { dataFolder, project, engineEntry }: Start,
): Promise<Opened> {
  const reports: string[] = []
  const host = await startHost({
    rendererRoot: join(root, 'dist/renderer'),
    dataFolder,
    report: text => void reports.push(text),
    ...(project === undefined ? {} : { project }),
    ...(engineEntry === undefined ? {} : { engineEntry }),
  })
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const problems = watch(page)
  await page.goto(host.url)
  return {
    workbench: { page, dataFolder, problems, reports },
    close: async () => {
      await context.close()
      await host.close()
    },
  }
}

async function openDesktop(dataFolder: string, project: string | undefined): Promise<Opened> {
  const found = findElectron()
  base.skip('missing' in found, 'missing' in found ? found.missing : '')
  const executablePath = 'path' in found ? found.path : ''
  const args = [root, `--folder=${dataFolder}`, `--user-data-dir=${join(dataFolder, '.profile')}`]
  const app = await electron.launch({
    executablePath,
    args: project === undefined ? args : [...args, `--project=${project}`],
  })
  const page = await app.firstWindow()
  return { workbench: { page, dataFolder, problems: watch(page), reports: [] }, close: () => app.close() }
}

function watch(page: Page): string[] {
  const problems: string[] = []
  page.on('console', message => {
    if (message.type() === 'error') problems.push(message.text())
  })
  page.on('pageerror', error => problems.push(error.message))
  return problems
}
