import { describe, expect, test } from 'vitest'
import { physicalFiles } from '#contract/physical-files'
import { recordCounts } from '../../../renderer/src/state/physical-files.ts'

const part = (file: string, read: number, heldRules: readonly (readonly [code: string, count: number])[] = []) => ({
  file,
  table: heldRules.some(([code]) => code === 'value/missing') ? 'users' : 'events',
  bytes: 100,
  read,
  held: heldRules.reduce((total, [, count]) => total + count, 0),
  heldRules: heldRules.map(([code, count]) => ({ code, count })),
})

describe('files and records count once, however many tables they feed', () => {
  test.each([
    { why: 'one file, one table', parts: [part('a', 10, [['row/not-json', 2]])], files: 1, read: 10, held: 2 },
    {
      why: 'broken records are held by every table of their file',
      parts: [part('a', 10, [['row/not-json', 5]]), { ...part('a', 10, [['row/not-json', 5]]), table: 'users' }],
      files: 1,
      read: 10,
      held: 5,
    },
    {
      why: 'cells at fault belong to one table',
      parts: [
        part('a', 10, [
          ['row/not-json', 5],
          ['value/not-a-time', 1],
        ]),
        part('a', 10, [
          ['row/not-json', 5],
          ['value/missing', 2],
        ]),
        part('b', 7),
      ],
      files: 2,
      read: 17,
      held: 8,
    },
    { why: 'nothing', parts: [], files: 0, read: 0, held: 0 },
  ])('$why', ({ parts, files, read, held }) => {
    expect(physicalFiles(parts)).toHaveLength(files)
    expect(recordCounts(parts)).toEqual({ read, held })
  })
})
