import { fork } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { countRows, createProject, discardStaging, listImports, openProject, readTable, type Writable } from '#store'
import { usersAfter, workspacesAfter } from './kill-batches.ts'
import { leftovers } from './temporary-project.ts'

/** How many messages of the importing process are let pass before it is killed: in staging, in publishing, soon, late. */
const PATIENCE = [1, 3, 6, 8, 12]

test('an import killed at any moment leaves the project as before or complete, and usable', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pql-kill-'))
  try {
    const path = join(folder, 'p.pql')
    createProject(path, { uuid: 'project-1', createdAt: 1 }).close()
    let batches = 0
    for (const patience of PATIENCE) {
      const reached = await killAfter(patience, path, batches + 1)
      batches = verify(path, batches, reached)
      expect(readdirSync(folder)).toEqual(['p.pql'])
    }
    expect(batches).toBeGreaterThanOrEqual(6)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}, 30_000)

/** Lets another process import, kills it, and returns the batch it was last heard to publish. */
async function killAfter(patience: number, path: string, first: number): Promise<number> {
  const child = fork(join(import.meta.dirname, 'import-loop.ts'), [path, String(first)])
  let heard = 0
  let publishing = first - 1
  return await new Promise<number>((resolve, reject) => {
    child.on('message', message => {
      const [step, batch] = String(message).split(' ')
      if (step === 'publish') publishing = Number(batch)
      if (++heard === patience) child.kill('SIGKILL')
    })
    child.once('exit', (code, signal) => {
      if (signal === 'SIGKILL') resolve(publishing)
      else reject(new Error(`the importing process ended with ${code}`))
    })
  })
}

/** Checks that the project is in the state after a whole number of batches, and returns that number. */
function verify(path: string, before: number, reached: number): number {
  const onlyRead = openProject(path, { readOnly: true })
  const seen = countRows(onlyRead.db)
  onlyRead.close()
  const project = openProject(path)
  try {
    const { db } = project
    expect(countRows(db)).toEqual(seen)
    const imports = listImports(db)
    const batches = imports.length / 2
    expect(batches).toBeGreaterThanOrEqual(Math.max(before, reached - 1))
    expect(countRows(db)).toMatchObject({ users: usersAfter(batches), workspaces: workspacesAfter(batches) })
    expect(new Set(readTable(db, 'users').map(row => row.name))).toEqual(
      batches === 0 ? new Set() : new Set([`batch ${batches}`]),
    )
    for (const { table, batchId, status, read, loaded, added, changed, same } of imports) {
      const n = Number(batchId.split(' ')[1])
      const [now, then] =
        table === 'users' ? [usersAfter(n), usersAfter(n - 1)] : [workspacesAfter(n), workspacesAfter(n - 1)]
      const counts = { status, read, loaded, added, kept: changed + same }
      expect(counts).toEqual({ status: 'published', read: now, loaded: now, added: now - then, kept: then })
    }
    verifyFile(db)
    return batches
  } finally {
    project.close()
  }
}

function verifyFile(db: Writable): void {
  expect(discardStaging(db)).toBeLessThanOrEqual(2)
  expect(leftovers(db)).toEqual([])
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(db.pragma('foreign_key_check')).toEqual([])
}
