import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { closeRows, useReviewRows } from '../../state/review-rows.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'

/** Both rows with every value they have, and the file and line that said something new of each last. */
export function RowsDialog(): ReactNode {
  const status = useReviewRows(state => state.status)
  return (
    <Modal
      opened={status !== 'closed'}
      onClose={closeRows}
      title="The rows as they stand"
      size={860}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {status === 'loading' ? <SkeletonRows rows={8} label="The rows are being read" /> : <Rows />}
    </Modal>
  )
}

type Row = ReturnType<typeof useReviewRows.getState>['left']

function Rows(): ReactNode {
  const left = useReviewRows(state => state.left)
  const right = useReviewRows(state => state.right)
  const names = [...new Set([...namesOf(left), ...namesOf(right)])]
  if (names.length === 0) return <p className="soft">No row has these ids: only events or memberships name them.</p>
  return (
    <>
      <p className="soft">
        All that was read of each, later files over earlier ones. Above it the file and line that changed it last.
      </p>
      <table className="rows-table" aria-label="Both rows">
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">{placeOf(left)}</th>
            <th scope="col">{placeOf(right)}</th>
          </tr>
        </thead>
        <tbody>
          {names.map(name => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>{valueIn(left, name)}</td>
              <td>{valueIn(right, name)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

const placeOf = (row: Row): string => (row === null ? 'No row' : `${row.file}, line ${row.line}`)

function namesOf(row: Row): readonly string[] {
  return row === null ? [] : row.fields.filter(({ value }) => value !== null && value !== '').map(({ name }) => name)
}

function valueIn(row: Row, name: string): ReactNode {
  const value = row?.fields.find(field => field.name === name)?.value ?? ''
  return value === '' || value === null ? <span className="muted">–</span> : value
}
