import { type ReactNode, useEffect } from 'react'
import { loadPresets, useCrmExport } from '../../state/export-crm.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { count, date, dateTime } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { ErrorFile } from './ErrorFile.tsx'

type Delivery = NonNullable<ReturnType<typeof useCrmExport.getState>['deliveries']>[number]

/** What was handed over to which CRM, newest first. */
export function Deliveries(): ReactNode {
  const { client } = useServices()
  const status = useCrmExport(state => state.status)
  const deliveries = useCrmExport(state => state.deliveries)
  useEffect(() => perform(loadPresets(client)), [client])
  if (status === 'failed') return <Retry title="The history cannot be shown" again={() => loadPresets(client)} />
  if (deliveries === null) return <SkeletonRows rows={4} label="The history is being read" />
  if (deliveries.length === 0)
    return (
      <EmptyState title="Nothing was handed over yet">
        Every export to a CRM is kept here, so that the next one makes no second task or deal.
      </EmptyState>
    )
  return (
    <div className="scroll">
      <ErrorFile />
      <DataTable
        label="Exports to a CRM"
        columns={COLUMNS}
        rows={deliveries}
        keyOf={delivery => String(delivery.exportId)}
      />
    </div>
  )
}

const COLUMNS: readonly Column<Delivery>[] = [
  { id: 'at', header: 'Written', cell: delivery => dateTime(delivery.at) },
  { id: 'preset', header: 'For', cell: delivery => <PresetTitle preset={delivery.preset} /> },
  { id: 'asOf', header: 'Scores as of', cell: delivery => <span className="soft">{date(delivery.asOf)}</span> },
  { id: 'records', header: 'Records', align: 'end', cell: delivery => count(delivery.records) },
  {
    id: 'failed',
    header: 'Refused',
    means: 'Records that an error file of the CRM named.',
    align: 'end',
    cell: delivery =>
      delivery.failed === 0 ? (
        <span className="muted">0</span>
      ) : (
        <span className="is-negative">{count(delivery.failed)}</span>
      ),
  },
  {
    id: 'target',
    header: 'Folder',
    cell: delivery => (
      <span className="soft clip" title={delivery.target}>
        {delivery.target}
      </span>
    ),
  },
]

export function PresetTitle({ preset }: Pick<Delivery, 'preset'>): ReactNode {
  return useCrmExport(state => state.presets.find(known => known.preset === preset)?.title ?? preset)
}
