import { cleanup, render } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { BoardFile } from '../../../renderer/src/state/mapping-rows.ts'
import { FileState } from '../../../renderer/src/views/Import/FileState.tsx'

afterEach(cleanup)

/** A table of a file of 14 records, by the faults of whole records and the rows that a column holds. */
function table(no: number, faults: readonly (readonly [code: string, count: number])[], inColumns = 0) {
  const held = faults.reduce((sum, [, count]) => sum + count, inColumns)
  return { tableNo: no, proof: { read: 14, held, faults: faults.map(([code, count]) => ({ code, count })) } }
}

test.each([
  { why: 'one table', tables: [table(0, [['row/not-json', 2]])], text: '14 rows · 2 held' },
  {
    why: 'broken records, which every table of the file holds',
    tables: [0, 1, 2, 3].map(no => table(no, [['row/not-json', 2]])),
    text: '14 rows · 2 held',
  },
  {
    why: 'broken records and cells at fault of one table',
    tables: [table(0, [['row/not-json', 2]], 3), table(1, [['row/not-json', 2]])],
    text: '14 rows · 5 held',
  },
])('a file says how many of its records are held: $why', ({ tables, text }) => {
  // As much of a file as its state is made of.
  const file = { tables, asks: [], entry: { reading: { status: 'ready' } } } as unknown as BoardFile
  const { container } = render(<FileState file={file} />)
  expect(container.querySelector('.board-state')?.textContent).toBe(text)
})
