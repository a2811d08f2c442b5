import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { identitySteps } from '#identity'
import type { IdentityDecision } from '#schema/identity'
import { createProject, identityDecisions, shareProject, type Writable } from '#store'
import { identityTables } from '../../../core/app/dataset.ts'
import { keepPairs, newPairs, weighingOf } from '../../../core/app/kept-pairs.ts'
import { freshDesk } from '../../../core/app/review/desk.ts'
import { finish } from '../../../core/lib/steps.ts'
import { importBatch, inProject, user } from '../store/temporary-project.ts'
import { startRoom, USERS } from './review/small-room.ts'
import { startEngine, type TestEngine, withFile } from './support/engine.ts'
import { csv } from './support/exports.ts'

const ROWS = USERS.map(({ user_id, ...cells }, i) => user(i + 2, user_id, cells))

const AT_ONCE = { report: () => undefined, turn: async () => undefined, breathe: async () => undefined }

/** Persons and links as they are found now, with the pairs that are kept where there are some. */
function findNow(db: Writable, decisions: readonly IdentityDecision[] = identityDecisions(db)) {
  const tables = identityTables(db)
  const { key, known } = weighingOf(db, tables, decisions)
  const options = { mode: 'matched', activity: new Map(), eventUsers: [], decisions } as const
  const steps = identitySteps(tables, options, { weighed: known, wantsIdentifiers: true })
  return { key, isKept: known !== undefined, found: finish(steps) }
}

function keepNow(db: Writable, decisions?: readonly IdentityDecision[]): string {
  const { key, found } = findNow(db, decisions)
  keepPairs(db, newPairs(key, found.joined))
  return key
}

const withUsers = <T>(work: (db: Writable) => T): T =>
  inProject(db => {
    importBatch(db, 'first', [{ table: 'users', rows: ROWS }])
    return work(db)
  })

describe('pairs that are kept', () => {
  test('give what weighing gives: persons, clusters, and the evidence of each pair', () => {
    withUsers(db => {
      const fresh = findNow(db)
      expect(fresh.isKept).toBe(false)
      keepPairs(db, newPairs(fresh.key, fresh.found.joined))
      const again = findNow(db)
      expect(again.isKept).toBe(true)
      const { details: madeOnce, ...computed } = fresh.found.joined
      const { details, ...kept } = again.found.joined
      expect(kept).toEqual(computed)
      expect(again.found.identifiers).toEqual(fresh.found.identifiers)
      const { edges } = kept
      expect(edges.steps.length).toBeGreaterThan(3)
      for (const i of edges.steps.keys()) {
        const [a, b] = [edges.a[i] ?? 0, edges.b[i] ?? 0]
        expect(details().scorer.explain(a, b)).toEqual(madeOnce().scorer.explain(a, b))
        expect(details().scorer.explain(a, b).steps).toBe(edges.steps[i])
      }
    })
  })

  const blocked = { id: '1', type: 'block_value', kind: 'email', value: 'jane@gmail.com' } as const
  test.each<{ why: string; decisions: readonly IdentityDecision[]; isKept: boolean }>([
    { why: 'a value was blocked', decisions: [blocked], isKept: false },
    {
      why: 'a weight was set',
      decisions: [{ id: '1', type: 'set_rules', weights: { 'email: one mailbox': 0.9 }, auto: null }],
      isKept: false,
    },
    {
      why: 'a domain was said to be a provider',
      decisions: [{ id: '1', type: 'set_domain', domain: 'one.com', class: 'free_mail' }],
      isKept: false,
    },
    {
      why: 'what was blocked is allowed again',
      decisions: [blocked, { ...blocked, type: 'allow_value' }],
      isKept: true,
    },
    {
      why: 'the threshold alone moved',
      decisions: [{ id: '1', type: 'set_rules', weights: {}, auto: 9 }],
      isKept: true,
    },
    {
      why: 'two were said to be one',
      decisions: [{ id: '1', type: 'must_link', a: { object: 'user', key: 'a1' }, b: { object: 'user', key: 'b1' } }],
      isKept: true,
    },
  ])('are of use or not: $why', ({ decisions, isKept }) => {
    withUsers(db => {
      keepNow(db)
      expect(findNow(db, decisions).isKept).toBe(isKept)
    })
  })

  test('are stale when a row of users changes, and good for what is looked at of no pair', () => {
    withUsers(db => {
      keepNow(db)
      const columns = ['user_id', 'last_active_at']
      const seen = { table: 'users', columns, rows: [user(2, 'a1', { last_active_at: '2026-04-01' })] } as const
      importBatch(db, 'second', [{ ...seen, sha256: '1'.repeat(64) }])
      expect(findNow(db).isKept).toBe(true)
      const named = {
        table: 'users',
        columns: ['user_id', 'name'],
        rows: [user(2, 'a1', { name: 'Other Name' })],
      } as const
      importBatch(db, 'third', [{ ...named, sha256: '2'.repeat(64) }])
      expect(findNow(db).isKept).toBe(false)
    })
  })
})

test('pairs are compared while another thread writes: they are not kept then', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pql-pairs-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const project = createProject(join(folder, 'p.pql'), { uuid: 'project-1', createdAt: 1_000 })
  onTestFinished(() => project.close())
  const { db } = project
  importBatch(db, 'first', [{ table: 'users', rows: ROWS }])
  expect(shareProject(project)).toBe(true)
  const beside = new Database(project.path)
  onTestFinished(() => void beside.close())
  beside.exec('BEGIN IMMEDIATE')
  const desk = await freshDesk(db, AT_ONCE)
  expect(desk.found.joined.compared).toBeGreaterThan(0)
  expect(findNow(db).isKept).toBe(false)
})

describe('a project that is opened again', () => {
  const compared = async ({ client }: TestEngine): Promise<number> => (await client['identity.overview']({})).compared
  const MARK = 777_777
  /** Opens it in another engine, with a mark on the pairs that are kept. */
  const reopened = async (engine: TestEngine): Promise<TestEngine> => {
    await engine.close()
    const mark = `UPDATE weighed_pairs SET notes = json_set(notes, '$.compared', ${MARK})`
    withFile(engine, ({ db }) => void db.exec(mark))
    const next = startEngine({ folder: engine.folder })
    await next.client['project.open']({ source: next.path('p.pql') })
    return next
  }

  test('takes pairs from the file, weighs a changed row anew, and an undo brings the pairs back', async () => {
    const first = await startRoom()
    expect(await compared(first)).toBeGreaterThan(0)
    const second = await reopened(first)
    expect(await compared(second)).toBe(MARK)
    const file = second.write('more.csv', csv([{ user_id: 'a1', primary_email: 'other@gmail.com' }]))
    await second.client['import.run']({ sources: [file] })
    expect(await compared(second)).not.toBe(MARK)
    const [newest] = (await second.client['import.list']({})).imports
    await second.client['import.undo']({ importId: newest?.importId ?? 0 })
    expect(await compared(second)).toBe(MARK)
  })

  test('weighs anew what is damaged, and keeps that', async () => {
    const first = await startRoom()
    const fresh = await compared(first)
    await first.close()
    withFile(first, ({ db }) => void db.exec(`UPDATE weighed_pairs SET pairs = x'ff00ff'`))
    const second = startEngine({ folder: first.folder })
    await second.client['project.open']({ source: second.path('p.pql') })
    await expect(second.client['score.run']({})).resolves.toMatchObject({ runId: expect.any(Number) })
    expect(await compared(await reopened(second))).toBe(MARK)
    expect(fresh).toBeGreaterThan(0)
  })

  test('has the pairs that a score weighed', async () => {
    const first = await startRoom()
    await first.client['score.run']({})
    expect(await compared(await reopened(first))).toBe(MARK)
  })
})
