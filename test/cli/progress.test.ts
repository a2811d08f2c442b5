import { expect, test } from 'vitest'
import type { Progress } from '#contract/method'
import { progressLine, progressText } from '../../cli/progress.ts'

const reading: Progress = {
  phase: 'Reading',
  done: 900e6,
  total: 2000e6,
  unit: 'bytes',
  subject: 'events.csv',
  rows: 1_200_000,
  part: { at: 2, of: 8, done: 1, total: 2 },
}

test.each<{ why: string; progress: Progress; rate: number | null; text: string }>([
  {
    why: 'bytes, rows, rate and time left of one file of several',
    progress: reading,
    rate: 80e6,
    text: 'Reading events.csv (2 of 8)  45 %  900.0 of 2000.0 MB  1200000 rows  80.0 MB/s  14 s left',
  },
  {
    why: 'a single file is not numbered, and minutes are told as such',
    progress: { ...reading, part: { at: 1, of: 1, done: 1, total: 2 } },
    rate: 1e6,
    text: 'Reading events.csv  45 %  900.0 of 2000.0 MB  1200000 rows  1.0 MB/s  19 min left',
  },
  {
    why: 'steps have no rate',
    progress: { phase: 'Looking', done: 2, total: 4, unit: 'steps', subject: null },
    rate: 3,
    text: 'Looking  50 %  2 of 4',
  },
  {
    why: 'pairs are named',
    progress: { phase: 'Comparing records', done: 250, total: 1000, unit: 'pairs', subject: 'people.csv' },
    rate: 500,
    text: 'Comparing records people.csv  25 %  250 of 1000 pairs  500 pairs/s  2 s left',
  },
  {
    why: 'no total',
    progress: { phase: 'Counting', done: 2, total: null, unit: 'rows', subject: 'users' },
    rate: null,
    text: 'Counting users  2 rows',
  },
])('$why', ({ progress, rate, text }) => {
  expect(progressText(progress, rate)).toBe(text)
})

/** What is written when the same file is read for so many seconds, told of four times a second. */
function written(isTTY: boolean, seconds: number): string[] {
  const lines: string[] = []
  let at = 0
  const tell = progressLine({ isTTY, columns: 60, write: text => lines.push(text) }, () => at)
  for (let step = 0; step <= 4 * seconds; step++) {
    at = step * 250
    tell({ ...reading, done: (2000e6 * step) / (4 * seconds) })
  }
  return lines
}

test('a log has one line for a phase, and one more every ten seconds', () => {
  expect(written(false, 5)).toEqual(['Reading events.csv (2 of 8)\n'])
  const long = written(false, 25)
  expect(long).toHaveLength(3)
  expect(long[1]).toMatch(/ 40 % .* 80\.0 MB\/s {2}15 s left\n$/)
})

test('a terminal has one line that is rewritten, never wider than it', () => {
  const lines = written(true, 5)
  expect(lines).toHaveLength(21)
  expect(lines.filter(line => line.endsWith('\n'))).toHaveLength(1)
  expect(lines.at(-1)).toContain('[####################]  Reading events.csv (2 of 8)  100 %')
  for (const line of lines) {
    expect(line.startsWith('\r\u001b[2K')).toBe(true)
    expect(line.trimEnd().length - '\r\u001b[2K'.length).toBeLessThan(60)
  }
})
