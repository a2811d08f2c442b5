import { expect, test } from 'vitest'
import { changesNothing } from '../../../renderer/src/state/import-batch.ts'
import { fakeBatch } from '../support/fake-imports.ts'

const batch = (change: Partial<(typeof fakeBatch)['files'][number]>): typeof fakeBatch => ({
  ...fakeBatch,
  files: fakeBatch.files.slice(0, 1).map(file => ({ ...file, changed: 0, overruled: 0, ...change })),
})

test.each([
  { why: 'new rows change nothing that is there', change: {}, want: true },
  { why: 'a row of the project takes other values', change: { changed: 1 }, want: false },
  { why: 'a row of the project is not in the files', change: { missing: 1 }, want: false },
  { why: 'one row of the file overrules another', change: { overruled: 1 }, want: false },
  { why: 'rows that come again with the same values', change: { repeated: 3 }, want: true },
  { why: 'copies of an event are all kept', change: { differingCopies: 5 }, want: true },
  { why: 'a file that is there already', change: { alreadyImported: true, changed: 1 }, want: true },
])('published without a look: $why', ({ change, want }) => {
  expect(changesNothing(batch(change))).toBe(want)
})
