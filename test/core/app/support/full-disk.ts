import { copyFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect } from 'vitest'
import type { Call, Parsed } from '#contract/contract'
import {
  addDecision,
  countHeld,
  countRows,
  createProject,
  dataState,
  eventCount,
  listImports,
  openProject,
  type Writable,
  waitingBatch,
} from '#store'
import { type Context, createContext, nameProject } from '../../../../core/app/context.ts'
import { rooms } from '../../../../core/app/handlers/index.ts'
import { lateHandlers } from '../../../../core/app/late-handlers.ts'

const handlers = lateHandlers(rooms)
const CALL: Call = { signal: new AbortController().signal, onProgress: () => undefined }
const FULL = expect.objectContaining({ code: 'store/disk' })

/** A project whose disk ends after some pages. */
export type SmallDisk = Readonly<{
  ctx: Context
  db: Writable
  pages(): number
  grow(pages: number): void
  close(): void
}>

/** Opens a copy of a project; its disk is as large as it needs until told otherwise. */
export function onSmallDisk(folder: string, from: string, name: string): SmallDisk {
  const path = join(folder, name)
  copyFileSync(join(folder, from), path)
  const project = openProject(path)
  const { db } = project
  let ids = 0
  const ctx = createContext({
    kind: 'test',
    resolveSource: token => ({ path: token, name: basename(token) }),
    resolveTarget: token => token,
    report: () => undefined,
    now: () => 1_780_000_000_000,
    newId: () => `${name}-${++ids}`,
  })
  ctx.open = nameProject(project)
  return {
    ctx,
    db,
    pages: () => Number(db.pragma('page_count', { simple: true })),
    grow: pages => void db.pragma(`max_page_count = ${pages}`),
    close: () => project.close(),
  }
}

export function makeProject(folder: string, name: string): void {
  createProject(join(folder, name), { uuid: 'project-1', createdAt: 1 }).close()
}

const run = (sources: readonly string[]): Parsed<'import.run'> => ({
  sources: [...sources],
  skipUnknown: false,
  leaveOut: [],
  options: {},
  mappings: [],
  mode: 'upsert',
})

export const importInto = async ({ ctx }: SmallDisk, sources: readonly string[]) =>
  await handlers['import.run'](ctx, run(sources), CALL)
export const stageInto = async ({ ctx }: SmallDisk, sources: readonly string[]) =>
  await handlers['import.stage'](ctx, run(sources), CALL)
export const publishInto = async ({ ctx }: SmallDisk, batchId: string) =>
  await handlers['import.publish'](ctx, { batchId, modes: [] }, CALL)
export const undoIn = async ({ ctx }: SmallDisk, importId: number) =>
  await handlers['import.undo'](ctx, { importId, dryRun: false }, CALL)

/** What there is, as far as it counts. */
export const figures = ({ db }: SmallDisk) => ({
  rows: countRows(db),
  events: eventCount(db),
  held: countHeld(db),
  state: dataState(db),
  imports: listImports(db).map(({ file, status, added }) => `${file} ${status} ${added}`),
  waiting: waitingBatch(db)?.files.length ?? null,
})

/** Does the work on a disk that is too small for it: it fails as what it is, and nothing is there that was not. */
export async function expectFull(disk: SmallDisk, work: () => Promise<unknown>): Promise<void> {
  const before = figures(disk)
  await expect(work()).rejects.toEqual(FULL)
  expect(figures(disk)).toEqual(before)
  expect(disk.db.pragma('foreign_key_check')).toEqual([])
}

/** A decision is small: it can be kept on a disk that an import has filled. */
export function decide({ db }: SmallDisk): void {
  const before = dataState(db)
  addDecision(db, {
    kind: 'cannot_link',
    subject: ['w1', 'w2'].map(key => ({ source: 'product', object: 'workspace', key })),
    payload: {},
    reverts: null,
    decidedAt: 1,
  })
  expect(dataState(db)).not.toBe(before)
}

/** The sizes of a campaign: from what the project has to just below what the work needs. */
export function sizesBetween(has: number, needs: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => has + Math.floor(((needs - has - 1) * i) / Math.max(1, count - 1)))
}

/**
 * Imports on disks of several sizes, each too small: the failure says so, nothing is half there, a decision can still be kept,
 * and on a larger disk the same import comes to what it should.
 */
export async function fillDisks(folder: string, sources: readonly string[], count: number): Promise<void> {
  makeProject(folder, 'empty.pql')
  const whole = onSmallDisk(folder, 'empty.pql', 'whole.pql')
  const has = whole.pages()
  await importInto(whole, sources)
  const needs = whole.pages()
  const { state: _state, ...expected } = figures(whole)
  whole.close()
  for (const [i, size] of sizesBetween(has, needs, count).entries()) {
    const disk = onSmallDisk(folder, 'empty.pql', `disk-${i}.pql`)
    disk.grow(size)
    await expectFull(disk, async () => await importInto(disk, sources))
    decide(disk)
    disk.grow(needs * 2)
    await importInto(disk, sources)
    expect(figures(disk)).toMatchObject(expected)
    expect(disk.db.pragma('integrity_check', { simple: true })).toBe('ok')
    disk.close()
  }
}
