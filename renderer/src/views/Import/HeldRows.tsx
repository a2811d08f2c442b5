import type { ReactNode } from 'react'
import { showHeld, useHeldRows } from '../../state/held-rows.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { HeldDetail } from './HeldDetail.tsx'
import { HeldRules } from './HeldRules.tsx'
import { HeldTable } from './HeldTable.tsx'

/** Rows that could not be read: by rule first, then one by one. */
export function HeldRows(): ReactNode {
  const { client } = useServices()
  const importId = useHeldRows(state => state.importId)
  const status = useHeldRows(state => state.status)
  const isEmpty = useHeldRows(state => state.rows.length === 0)
  if (status === 'ready' && isEmpty)
    return <EmptyState title="No rows are held">Every row that was read is loaded, or was there already.</EmptyState>
  if (status === 'failed' && isEmpty)
    return <Retry title="The held rows cannot be shown" again={() => showHeld(client, importId)} />
  return (
    <div className="held">
      <HeldRules />
      {isEmpty ? <SkeletonRows rows={8} label="Held rows are being read" /> : <HeldTable />}
      <HeldDetail />
    </div>
  )
}
