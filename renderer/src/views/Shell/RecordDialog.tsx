import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { closeRecord, useRecord } from '../../state/record.ts'
import { words } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { RecordFields } from '../RecordFields.tsx'

/** One row of an export with every value it had, and the file and line it stands in. */
export function RecordDialog(): ReactNode {
  const status = useRecord(state => state.status)
  const table = useRecord(state => state.table)
  const key = useRecord(state => state.key)
  const record = useRecord(state => state.record)
  return (
    <Modal
      opened={status === 'loading' || status === 'ready'}
      onClose={closeRecord}
      title={`${words(table ?? '')}: ${key}`}
      size={560}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {status === 'loading' && <SkeletonRows rows={4} label="The row is being read" />}
      {status === 'ready' && record === null && (
        <p className="soft">No row of this table has this id: only events or memberships name it.</p>
      )}
      {record !== null && (
        <RecordFields
          file={record.file}
          line={record.line}
          fields={record.fields.flatMap(({ name, value }) => (value === null || value === '' ? [] : [{ name, value }]))}
        />
      )}
    </Modal>
  )
}
