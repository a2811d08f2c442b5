import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { openHealthRow, useHealthRows } from '../../state/health-rows.ts'
import { RecordFields } from '../RecordFields.tsx'

/** One event with every value it had, and the file and line it stands in. */
export function EventDialog(): ReactNode {
  const row = useHealthRows(state => (state.openAt === null ? null : (state.rows[state.openAt] ?? null)))
  const name = row?.event?.find(field => field.name === 'event_name')?.value ?? ''
  return (
    <Modal
      opened={row !== null}
      onClose={() => openHealthRow(null)}
      title={name === '' ? 'Event' : `Event: ${name}`}
      size={560}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {row !== null && <RecordFields file={row.file} line={row.line} fields={row.event ?? []} />}
    </Modal>
  )
}
