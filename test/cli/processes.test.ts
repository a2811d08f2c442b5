import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { EXPORT, RUN } from './support/exports.ts'
import { bytesOf, folderOf, pql, REPOSITORY, start, treeOf } from './support/pql.ts'

const HOLD = `
import { serveEngine } from '#app'
import { memoryChannels } from '#contract/channel.memory'
import { createClient } from '#contract/client'
const [clientEnd, serverEnd] = memoryChannels()
const host = { kind: 'cli', resolveSource: path => ({ path, name: path }), resolveTarget: path => path, report() {} }
// Kept: an engine that nothing can reach is collected, and its project closed.
globalThis.engine = serveEngine(serverEnd, host)
globalThis.client = createClient(clientEnd)
await globalThis.client['project.open']({ source: process.argv[1] })
process.stdout.write('held')
process.stdin.resume()
`
const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

/** Another process that has the project open until it is ended. */
async function hold(project: string): Promise<void> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', HOLD, project], { cwd: REPOSITORY })
  children.push(child)
  await once(child.stdout, 'data')
}

test('a project that another process has open is locked: 5, and both files stay as they are', async () => {
  const folder = folderOf(EXPORT)
  expect((await pql(['import', 'in', '--project', 'p.pql'], folder)).code).toBe(0)
  await hold(join(folder, 'p.pql'))
  const before = treeOf(folder)
  for (const args of [RUN, ['score', '--project', 'p.pql'], ['info', 'p.pql']]) {
    const { code, stdout, stderr } = await pql(args, folder)
    expect({ code, stdout, tree: treeOf(folder) }, stderr).toEqual({ code: 5, stdout: '', tree: before })
    expect(stderr).toMatch(/p\.pql is open in another window or command \(process \d+\)/)
  }
})

const isRoot = process.getuid?.() === 0

test.skipIf(isRoot || process.platform === 'win32')(
  'a folder that cannot be written to: 6, nothing written',
  async () => {
    const folder = folderOf(EXPORT)
    mkdirSync(join(folder, 'shut'), { mode: 0o500 })
    const ended = await pql(['run', 'in', '--project', 'shut/p.pql', '--out', 'out'], folder)
    const lists = await pql(['run', 'in', '--project', 'p.pql', '--out', 'shut/out'], folder)
    chmodSync(join(folder, 'shut'), 0o700)
    expect([ended.code, lists.code], ended.stderr + lists.stderr).toEqual([6, 6])
    expect(treeOf(join(folder, 'shut'))).toEqual([])
  },
)

const MANY = 400_000

/** Many events: the first process has to be stopped while it reads them. */
function manyEvents(): string {
  const rows = ['event_id,event_name,timestamp,workspace_id,user_id']
  for (let i = 0; i < MANY; i++)
    rows.push(`m${i},core_feature_used,2026-05-${10 + (i % 20)}T10:00:00.${i % 1000}Z,w1,u1`)
  return `${rows.join('\n')}\n`
}

test.skipIf(process.platform === 'win32')(
  'SIGINT while reading ends with 130 and leaves the project as it was',
  async () => {
    const folder = folderOf({ ...EXPORT, 'many/events.csv': manyEvents() })
    expect((await pql(['import', 'in', '--project', 'old.pql'], folder)).code).toBe(0)
    const before = bytesOf(folder)
    for (const project of ['old.pql', 'new.pql']) {
      const { child, ended } = start(['run', 'many', '--project', project, '--out', 'out'], folder)
      children.push(child)
      const interrupt = (text: string): void => {
        if (!text.includes('Reading')) return
        child.stderr?.off('data', interrupt) // a second one would end the process at once
        child.kill('SIGINT')
      }
      child.stderr?.on('data', interrupt)
      const { code, stdout, stderr } = await ended
      expect({ code, stdout, tree: treeOf(folder) }, stderr).toEqual({
        code: 130,
        stdout: '',
        tree: ['in/', 'in/events.csv', 'in/users.csv', 'in/workspaces.csv', 'many/', 'many/events.csv', 'old.pql'],
      })
      expect(stderr).toMatch(/run\/cancelled/)
    }
    const { stdout } = await pql(['info', 'old.pql', '--json'], folder)
    expect(JSON.parse(stdout)).toMatchObject({ summary: { events: 6, files: 3 } })
    expect(Object.keys(bytesOf(folder))).toEqual(Object.keys(before))
  },
)
