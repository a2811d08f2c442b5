import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { openHeld, useHeldRows } from '../../state/held-rows.ts'
import { count } from '../../ui/format.ts'
import { withoutPlace } from './held-text.ts'

/** One held row whole: where it stands, why it was held, and its raw text. */
export function HeldDetail(): ReactNode {
  const row = useHeldRows(state => state.rows.find(held => held.heldId === state.openId) ?? null)
  return (
    <Modal
      opened={row !== null}
      onClose={() => openHeld(null)}
      title={row === null ? '' : `${row.file}, line ${count(row.line)}`}
      size={680}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {row !== null && (
        <div className="held-detail">
          <p>{withoutPlace(row.message)}</p>
          <dl className="facts">
            <dt>Column</dt>
            <dd>{row.column === '' ? 'whole row' : <code>{row.column}</code>}</dd>
            <dt>Value</dt>
            <dd>{row.value === '' ? <span className="muted">empty</span> : <code>{row.value}</code>}</dd>
            <dt>Rule</dt>
            <dd>
              <code>{row.code}</code>
            </dd>
          </dl>
          <h3 className="section-title">The row as it stands in the file</h3>
          <pre className="raw">{row.raw}</pre>
        </div>
      )}
    </Modal>
  )
}
