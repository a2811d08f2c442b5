import { fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { sha256Hex } from '#lib/hash'
import { ENTITY_TABLES } from '#schema/tables'
import {
  countRows,
  createProject,
  dataState,
  discardBrokenOff,
  eventCount,
  listImports,
  openEventLog,
  openProject,
  type Writable,
} from '#store'
import { openEngine, operate } from './kill-schedule.ts'

/** What a project holds after each operation, made by a program that nobody kills. */
type Expected = Readonly<{ after(k: number): Promise<Readonly<{ state: string; content: string }>> }>

/**
 * Kills a program that imports, publishes and undoes, again and again, at moments that nobody chose. Each time the project has to
 * open as it was after a whole number of operations, at least as many as were said to be done.
 *
 * @param writer which thread of the program publishes and undoes
 */
export async function killCampaign(kills: number, seed: number, writer: 'here' | 'thread' = 'here'): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pql-kill-'))
  const random = randomOf(seed)
  const expected = await replay(join(folder, 'replay'))
  try {
    mkdirSync(join(folder, 'killed'))
    const path = join(folder, 'killed', 'p.pql')
    createProject(path, { uuid: 'project-1', createdAt: 1 }).close()
    let done = 0
    for (let kill = 0; kill < kills; kill++) {
      const how = random() < 0.5 ? 'resume' : 'discard'
      const messages = 1 + Math.floor(random() * 40)
      const ms = random() * (writer === 'here' ? 12 : 60)
      // Every second one gets something done first, on however slow a machine: what is there to be lost grows.
      const patience = { messages, ms, hasDone: kill % 2 === 1 }
      const heard = await killAfter(patience, [path, join(folder, 'files'), String(done + 1), how, writer], done)
      done = await verify(path, expected, { from: Math.max(done, heard), to: heard + 5 })
      expect(readdirSync(join(folder, 'killed'))).toEqual(['p.pql'])
    }
    expect(done).toBeGreaterThanOrEqual(Math.floor(kills / 2))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** After so many messages, counted from the first operation that is done where one has to be, and a while. */
type Patience = Readonly<{ messages: number; ms: number; hasDone: boolean }>

/** @returns the last operation that the program said was done */
async function killAfter(patience: Patience, args: readonly string[], before: number): Promise<number> {
  const child = fork(join(import.meta.dirname, 'kill-child.ts'), [...args])
  let heard = 0
  let done = before
  return await new Promise<number>((resolve, reject) => {
    child.on('message', message => {
      const [step, k] = String(message).split(' ')
      if (step === 'done') done = Number(k)
      if (patience.hasDone && done === before) return
      if (++heard === patience.messages) setTimeout(() => child.kill('SIGKILL'), patience.ms)
    })
    // Not at its exit: what it said last may still be on its way then.
    child.once('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve(done)
      else reject(new Error(`the importing process ended with ${code}`))
    })
  })
}

/** @returns after which operation the project is */
async function verify(
  path: string,
  expected: Expected,
  { from, to }: Readonly<{ from: number; to: number }>,
): Promise<number> {
  const project = openProject(path)
  try {
    const { db } = project
    const state = dataState(db)
    for (let k = from; k <= to; k++) {
      const want = await expected.after(k)
      if (want.state !== state) continue
      expect(contentOf(db)).toBe(want.content)
      verifyCounters(db)
      verifyStaging(db)
      return k
    }
    throw new Error(`the project is in no state between operations ${from} and ${to}`)
  } finally {
    project.close()
  }
}

/** Counters equal rows. */
function verifyCounters(db: Writable): void {
  const counting = listImports(db).filter(({ status }) => status === 'published')
  const sums = ENTITY_TABLES.map(name => {
    const own = counting.filter(({ table }) => table === name)
    return [name, own.reduce((sum, { added, removed }) => sum + added - removed, 0)] as const
  })
  expect(countRows(db)).toEqual(Object.fromEntries(sums))
  expect(eventCount(db)).toBe(counting.reduce((sum, { table, loaded }) => sum + (table === 'events' ? loaded : 0), 0))
  for (const { read, loaded, held, skipped, importId } of counting) {
    expect(read).toBe(loaded + held + skipped)
    expect(db.prepare('SELECT count(*) FROM held_row WHERE import_id = ?').pluck().get(importId)).toBe(held)
  }
}

/** What waits was read whole and belongs to the batch that waits; nothing else is there. */
function verifyStaging(db: Writable): void {
  discardBrokenOff(db)
  const waiting =
    "(SELECT id FROM import WHERE status = 'staging' AND sha256 IS NOT NULL AND batch_id IN (SELECT batch_id FROM import_batch))"
  const undone = "(SELECT id FROM import WHERE status = 'undone')"
  for (const table of ENTITY_TABLES)
    expect(db.prepare(`SELECT count(*) FROM ${table}_staged WHERE import_id NOT IN ${waiting}`).pluck().get()).toBe(0)
  for (const table of ['held_row', 'event_segment', 'event_copy', 'row_version'])
    expect(db.prepare(`SELECT count(*) FROM ${table} WHERE import_id IN ${undone}`).pluck().get()).toBe(0)
  expect(
    db.prepare(`SELECT count(*) FROM import WHERE status = 'staging' AND id NOT IN ${waiting}`).pluck().get(),
  ).toBe(0)
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(db.pragma('foreign_key_check')).toEqual([])
}

/** Every published row with the file and line it is from, and every event. */
function contentOf(db: Writable): string {
  const rows = ['users', 'workspaces'].flatMap(table =>
    db
      .prepare(
        `SELECT t.*, i.file, 0 AS row_id, 0 AS import_id FROM ${table} t JOIN import i ON i.id = t.import_id ORDER BY 2`,
      )
      .all(),
  )
  const log = openEventLog(db)
  const events = log
    .rows(Array.from({ length: log.count }, (_, position) => position))
    .map(({ eventId, timestamp, line }) => `${eventId} ${timestamp} ${line}`)
  return sha256Hex(JSON.stringify([rows, events.toSorted()]))
}

async function replay(folder: string): Promise<Expected> {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'replay.pql')
  createProject(path, { uuid: 'project-1', createdAt: 1 }).close()
  const known: Readonly<{ state: string; content: string }>[] = []
  const look = (): void => {
    const project = openProject(path)
    known.push({ state: dataState(project.db), content: contentOf(project.db) })
    project.close()
  }
  look()
  return {
    after: async k => {
      while (known.length <= k) {
        const engine = await openEngine(path)
        await operate(engine.client, known.length, join(folder, 'files'), {})
        await engine.close()
        look()
      }
      return known[k] as (typeof known)[number] // just made
    },
  }
}

/** Numbers from 0 to 1 that are the same for a seed. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
