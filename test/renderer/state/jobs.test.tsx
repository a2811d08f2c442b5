import { expect, test } from 'vitest'
import { AppError } from '#lib/errors'
import { cancelJob, currentJob, runJob, useJobs } from '../../../renderer/src/state/jobs.ts'
import { detailOf } from '../../../renderer/src/views/Shell/JobLine.tsx'

const newest = () => useJobs.getState().jobs[0]!

test('progress is shown with what is done, and the end with how it ended', async () => {
  await runJob('Import', async ({ onProgress }) => {
    onProgress?.({ phase: 'reading rows', subject: 'events.csv', done: 2_100_000, total: 4_200_000, unit: 'bytes' })
    expect(detailOf(newest())).toBe('Reading rows · events.csv · 2.1 MB of 4.2 MB')
  })
  expect(newest().status).toBe('done')
})

test('rows are told beside bytes, and of several files the one at hand', async () => {
  const part = { at: 2, of: 8, done: 1, total: 4 }
  const step = { phase: 'Reading', subject: 'events.csv', done: 2e9, total: 4e9, unit: 'bytes', rows: 12_000 } as const
  await runJob('Import', async ({ onProgress }) => {
    onProgress?.({ ...step, part })
    expect(detailOf(newest())).toBe('Reading · 2.0 GB of 4.0 GB · 12,000 rows')
    expect(newest().part).toEqual(part)
    onProgress?.({ phase: 'Publishing', subject: null, done: 0, total: 1, unit: 'steps' })
    expect([newest().part, newest().rows]).toEqual([null, null])
  })
})

test('rate and time left follow from the phase so far', () => {
  const job = {
    ...newest(),
    status: 'running' as const,
    phase: 'loading',
    subject: null,
    done: 50_000,
    total: 150_000,
    unit: 'rows' as const,
    rate: 20_000,
    rows: null,
    part: null,
    waitsFor: null,
  }
  expect(detailOf(job)).toBe('Loading · 50,000 of 150,000 rows · 20,000 rows/s · 5 s left')
})

test('cancel reaches the call, and a cancelled job is not a failed one', async () => {
  const work = runJob(
    'Score',
    ({ signal }) =>
      new Promise((_, reject) =>
        signal?.addEventListener('abort', () => reject(new AppError('run/cancelled', 'cancelled'))),
      ),
  )
  cancelJob(newest().id)
  expect(newest().status).toBe('stopping')
  await expect(work).rejects.toThrow('cancelled')
  expect(newest().status).toBe('cancelled')
})

test('a job that waits says for what; its time counts from its turn on', async () => {
  await runJob('Score', async ({ onProgress }) => {
    const waiting = { phase: 'Waiting', subject: null, done: 0, total: null, unit: 'steps' } as const
    onProgress?.({ ...waiting, waitsFor: { job: 'an import', ahead: 3 } })
    expect(detailOf(newest())).toBe('Waits for an import and 2 more jobs')
    onProgress?.({ ...waiting, waitsFor: { job: 'scoring', ahead: 1 } })
    expect(detailOf(newest())).toBe('Waits for scoring')
    expect(currentJob(useJobs.getState().jobs)?.title).toBe('Score')
    onProgress?.({ ...waiting, phase: 'Reading' })
    expect([detailOf(newest()), newest().waitsFor]).toEqual(['Reading', null])
  })
})

test('of several jobs the one at work is the current one, not the newest that waits', async () => {
  const step = { phase: 'Reading', subject: null, done: 0, total: null, unit: 'steps' } as const
  await runJob('Import', async first => {
    first.onProgress?.(step)
    await runJob('Score', async second => {
      second.onProgress?.({ ...step, waitsFor: { job: 'an import', ahead: 1 } })
      expect(currentJob(useJobs.getState().jobs)?.title).toBe('Import')
    })
  })
})

test('a short job is told of only where it waits', async () => {
  const before = useJobs.getState().jobs.length
  const step = { phase: 'Starting', subject: null, done: 0, total: null, unit: 'steps' } as const
  await runJob('Decide', async ({ onProgress }) => onProgress?.(step), { isShort: true })
  expect(useJobs.getState().jobs).toHaveLength(before)
  const waits = { ...step, waitsFor: { job: 'an import', ahead: 1 } }
  await runJob('Decide', async ({ onProgress }) => onProgress?.(waits), { isShort: true })
  expect(newest()).toMatchObject({ title: 'Decide', status: 'done' })
})

test('a failed job keeps its message', async () => {
  await expect(runJob('Import', () => Promise.reject(new AppError('store/disk', 'no space left')))).rejects.toThrow()
  expect(detailOf(newest())).toBe('No space left.')
})
