import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { EXPORT, RUN } from './support/exports.ts'
import { BIN, bytesOf, folderOf, pql, REPOSITORY, start, treeOf } from './support/pql.ts'

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

/** Many events: a process that is not stopped while it reads them is at it for a while. */
function manyEvents(): string {
  const rows = ['event_id,event_name,timestamp,workspace_id,user_id']
  for (let i = 0; i < MANY; i++)
    rows.push(`m${i},core_feature_used,2026-05-${10 + (i % 20)}T10:00:00.${i % 1000}Z,w1,u1`)
  return `${rows.join('\n')}\n`
}

/** Interrupts a process, once, when it says that it reads: whoever listens to it may be too late. */
const AT_READING = `data:text/javascript,${encodeURIComponent(`
const { stderr } = process
const write = stderr.write.bind(stderr)
stderr.write = (text, ...rest) => {
  if (String(text).includes('Reading')) {
    stderr.write = write
    process.kill(process.pid, 'SIGINT')
  }
  return write(text, ...rest)
}`)}`

test.skipIf(process.platform === 'win32')(
  'SIGINT while reading ends with 130 and leaves the project as it was',
  async () => {
    const folder = folderOf({ ...EXPORT, 'many/events.csv': manyEvents() })
    expect((await pql(['import', 'in', '--project', 'old.pql'], folder)).code).toBe(0)
    const before = bytesOf(folder)
    for (const project of ['old.pql', 'new.pql']) {
      const { child, ended } = start(['run', 'many', '--project', project, '--out', 'out'], folder, [
        '--import',
        AT_READING,
      ])
      children.push(child)
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

/** Interrupts a process as soon as it listens: while it still loads the program. */
const AT_ONCE = `data:text/javascript,${encodeURIComponent(`
process.on('newListener', function first(name) {
  if (name !== 'SIGINT') return
  process.off('newListener', first)
  queueMicrotask(() => process.kill(process.pid, 'SIGINT'))
})`)}`

test.skipIf(process.platform === 'win32')('SIGINT while the program loads ends with 130 and says so', async () => {
  const folder = folderOf(EXPORT)
  expect((await pql(['import', 'in', '--project', 'p.pql'], folder)).code).toBe(0)
  const child = spawn(process.execPath, ['--import', AT_ONCE, BIN, 'score', '--project', 'p.pql'], { cwd: folder })
  children.push(child)
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const [code] = await once(child, 'close')
  expect({ code, said }).toEqual({ code: 130, said: expect.stringContaining('run/cancelled: ') })
})
