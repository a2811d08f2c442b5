import { expect, test } from 'vitest'
import type { ImportMode } from '../../../renderer/src/state/import-batch.ts'
import { diffSum, effectOf, effectWords } from '../../../renderer/src/views/Import/diff-words.ts'
import { fakeBatch } from '../support/fake-imports.ts'

const [first] = fakeBatch.files
if (first === undefined) throw new Error('a batch has files')
const file = { ...first, new: 12, changed: 30, missing: 5, spared: 1 }

test.each<{ why: string; mode: ImportMode; isKnown?: true; want: string }>([
  { why: 'add and update leaves what no file has', mode: 'upsert', want: 'Adds 12, changes 30' },
  { why: 'add only changes nothing', mode: 'append', want: 'Adds 12' },
  {
    why: 'replace takes out what is missing; what may be held is not among it',
    mode: 'replace',
    want: 'Adds 12, changes 30, takes out 5',
  },
  { why: 'a file that was read before changes nothing', mode: 'replace', isKnown: true, want: 'Changes nothing' },
])('$why', ({ mode, isKnown, want }) => {
  expect(effectWords(effectOf({ ...file, alreadyImported: isKnown === true }, mode))).toBe(want)
})

test.each([
  { changed: 1, want: 'Publishing adds 12, changes 1 row.' },
  { changed: 0, want: 'Publishing adds 12 rows.' },
])('the noun fits the figure before it: $want', ({ changed, want }) => {
  const files = [{ ...file, changed }]
  expect(diffSum({ batch: { ...fakeBatch, mode: 'upsert', files }, modes: {} })).toContain(want)
})

test('two files of one table miss the same rows, which leave once', () => {
  const batch = { ...fakeBatch, mode: 'replace' as const, files: [file, { ...file, importId: 2, file: 'b.csv' }] }
  expect(diffSum({ batch, modes: {} })).toContain('Publishing adds 24, changes 60, takes out 5 rows.')
})

test('of a file that was read before, only rows count that are held still', () => {
  const heldRules = [
    { code: 'value/not-a-time', column: 'created_at', count: 2, example: 'soon', message: 'Not a time.' },
  ]
  const fresh = { ...file, held: 5, heldRules: [] }
  const known = { ...file, importId: 2, file: 'b.csv', held: 7, heldRules, alreadyImported: true }
  const of = (files: (typeof file)[]): string => diffSum({ batch: { ...fakeBatch, mode: 'upsert', files }, modes: {} })
  expect(of([fresh, known])).toContain(' 7 rows are held.')
  expect(of([fresh, { ...known, heldRules: [] }])).toContain(' 5 rows are held.')
  expect(of([{ ...known, heldRules: [] }])).not.toContain('held')
})
