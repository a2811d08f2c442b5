import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { inOneState } from '../../../core/app/in-one-state.ts'
import type { Steps } from '../../../core/lib/steps.ts'

function openNumbers(): Database.Database {
  const db = new Database(':memory:')
  db.exec('CREATE TABLE numbers (n INTEGER NOT NULL); INSERT INTO numbers VALUES (1), (1)')
  return db
}

/** Reads the two numbers one after the other, with a halt between. */
function* bothNumbers(db: Database.Database): Steps<readonly number[]> {
  const read = (at: number): number => db.prepare('SELECT n FROM numbers WHERE rowid = ?').pluck().get(at) as number
  const first = read(1)
  yield
  return [first, read(2)]
}

/** A job whose first turns change both numbers. */
function writingJob(db: Database.Database, turns: number): { breathe: () => Promise<void>; turns: number } {
  const job = {
    turns: 0,
    breathe: async () => {
      if (++job.turns <= turns) db.exec('UPDATE numbers SET n = n + 1')
    },
  }
  return job
}

test('what is written between two turns is not mixed with what was there before', async () => {
  const db = openNumbers()
  const job = writingJob(db, 1)
  expect(await inOneState(db, job, () => bothNumbers(db))).toEqual([2, 2])
  expect(job.turns).toBe(2)
})

test('where others write all the time, it is read in one go', async () => {
  const db = openNumbers()
  const job = writingJob(db, Number.POSITIVE_INFINITY)
  expect(await inOneState(db, job, () => bothNumbers(db))).toEqual([4, 4])
  expect(job.turns).toBe(3)
})

test('a cancelled job ends it', async () => {
  const db = openNumbers()
  const breathe = async (): Promise<void> => {
    throw new Error('cancelled')
  }
  await expect(inOneState(db, { breathe }, () => bothNumbers(db))).rejects.toThrow('cancelled')
})
