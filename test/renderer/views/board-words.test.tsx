import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { type BoardEntry, keyOf } from '../../../renderer/src/state/mapping-board.ts'
import { boardFiles, boardRows } from '../../../renderer/src/state/mapping-rows.ts'
import { askWords } from '../../../renderer/src/views/Import/AskCells.tsx'
import { BoardBar } from '../../../renderer/src/views/Import/BoardBar.tsx'
import { answerWords } from '../../../renderer/src/views/Import/board-words.ts'
import { FoldCells } from '../../../renderer/src/views/Import/FoldCells.tsx'
import { fakePlan, fakeProof, type Plan } from '../support/fake-board.ts'

const base = fakePlan({
  file: 'users.csv',
  table: 'users',
  reason: '',
  columns: [
    { header: 'user_id', column: 'user_id', match: 'exact', type: 'id', samples: [] },
    { header: 'First Name', column: 'name', match: 'synonym', type: 'text', samples: [] },
    { header: 'Last Name', column: 'name', match: 'synonym', type: 'text', samples: [] },
  ],
})
const joined: Plan = {
  ...base,
  origin: 'A source',
  recognition: { by: 'preset', score: 1, matched: [], missing: [], doubts: [], runnerUp: null },
  mapping: {
    source: 'A source',
    headers: [],
    tables: [
      {
        table: 'users',
        fields: [
          { field: 'user_id', from: ['user_id'], combine: 'first' },
          { field: 'name', from: ['First Name', 'Last Name'], combine: 'join' },
        ],
      },
    ],
  },
}
const read = (plan: Plan): BoardEntry => ({ edited: null, reading: { status: 'ready' }, proof: fakeProof(plan) })

test('every column that a folded field reads is counted and named', () => {
  const files = boardFiles([joined], { [keyOf(joined)]: read(joined) })
  const fold = boardRows(files, { [keyOf(joined)]: true }).find(row => row.kind === 'fold')
  if (fold?.kind !== 'fold') throw new Error('the columns that are known are folded')
  render(<FoldCells row={fold} />)
  expect(screen.getByText('3 columns known from A source')).toBeTruthy()
  expect(screen.getByText('user_id, First Name, Last Name')).toBeTruthy()
})

test('the sum of rows says of how many files it is, where some are not read yet', () => {
  const other = { ...joined, file: 'other.csv', source: 'other' }
  const asking: BoardEntry = {
    edited: null,
    proof: null,
    reading: {
      status: 'failed',
      code: 'import/ambiguous',
      message: 'x',
      readings: [{ encoding: 'windows-1252', samples: 'Zoé' }],
    },
  }
  const files = boardFiles([joined, other], { [keyOf(joined)]: read(joined), [keyOf(other)]: asking })
  render(<BoardBar files={files} />)
  expect(document.body.textContent).toContain('1,204 rows in the 1 of 2 files read so far, nothing imported yet')
})

test('an encoding is asked about without a word of the command line', () => {
  const words = askWords({ kind: 'encoding', readings: [{ encoding: 'windows-1252', samples: 'Zoé | Škoda' }] })
  expect(words).toBe('Which encoding is it? The file is not UTF-8. As windows-1252 it reads Zoé, Škoda.')
})

test.each([
  { answer: 'dmy', words: { label: 'Day first', reads: '26-MAY-01 is 26 MAY 2001' } },
  { answer: 'ymd', words: { label: 'Year first', reads: '26-MAY-01 is 1 MAY 2026' } },
])('an answer says what it makes of a year of two digits: $answer', ({ answer, words }) => {
  const question: Parameters<typeof answerWords>[0] = {
    field: 'created_at',
    setting: 'dateOrder',
    flag: '--date-order',
    answers: ['dmy', 'ymd'],
    counts: [0, 0],
    both: 3,
    example: '26-MAY-01',
  }
  expect(answerWords(question, answer)).toEqual(words)
})
