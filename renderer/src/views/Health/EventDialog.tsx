import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { openHealthRow, useHealthRows } from '../../state/health-rows.ts'
import { count } from '../../ui/format.ts'

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
      {row !== null && (
        <>
          <p className="soft record__place">
            {row.file}, line {count(row.line)}
          </p>
          <dl className="facts">
            {(row.event ?? []).map(field => (
              <Field key={field.name} name={field.name} value={field.value} />
            ))}
          </dl>
        </>
      )}
    </Modal>
  )
}

function Field({ name, value }: Readonly<{ name: string; value: string }>): ReactNode {
  return (
    <>
      <dt>
        <code>{name}</code>
      </dt>
      <dd className="record__value">{value}</dd>
    </>
  )
}
