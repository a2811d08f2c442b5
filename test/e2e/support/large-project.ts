import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ENGINE_FLAGS } from '../../../core/lib/engine-flags.ts'
import { test as base } from './test.ts'

const root = join(import.meta.dirname, '../../..')

/** The app with a scored project of scale M: 20,000 workspaces, 100,000 users, two million events. */
export const test = base.extend<object, { largeProject: string }>({
  /** Made once, or a copy of the project that `PQL_LARGE_PROJECT` names. */
  largeProject: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from here
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'pql-large-'))
      try {
        await use(projectIn(folder, process.env['PQL_LARGE_PROJECT']))
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    },
    { scope: 'worker', timeout: 3_600_000 },
  ],
  startProject: async ({ largeProject }, use) => {
    await use(largeProject)
  },
})

function projectIn(folder: string, made: string | undefined): string {
  const project = join(folder, 'large.pql')
  if (made !== undefined) {
    copyFileSync(made, project)
    return project
  }
  const tables = join(folder, 'tables')
  run(['fixtures/generate.ts', '--out', tables, '--scale', 'M', '--plain'])
  run([...ENGINE_FLAGS, 'cli/bin.js', 'import', tables, '--project', project])
  run([...ENGINE_FLAGS, 'cli/bin.js', 'score', '--project', project])
  rmSync(tables, { recursive: true })
  return project
}

function run(args: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', stdio: 'pipe' })
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`)
}
