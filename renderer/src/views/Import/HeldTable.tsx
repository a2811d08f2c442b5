import { type ReactNode, useCallback, useState } from 'react'
import { type HeldRow, loadNextHeld, openHeld, useHeldRows } from '../../state/held-rows.ts'
import { count } from '../../ui/format.ts'
import { type GridColumn, VirtualTable } from '../../ui/VirtualTable.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { withoutPlace } from './held-text.ts'

const COLUMNS: readonly GridColumn[] = [
  { id: 'file', header: 'File', width: 'minmax(120px, 180px)', isSortable: false },
  { id: 'line', header: 'Line', align: 'end', width: '72px', isSortable: false },
  { id: 'column', header: 'Column', width: 'minmax(110px, 170px)', isSortable: false },
  { id: 'value', header: 'Value', width: 'minmax(120px, 1fr)', isSortable: false },
  { id: 'message', header: 'Why and what to do', width: 'minmax(200px, 2fr)', isSortable: false },
]

/** Held rows in the order they were read; more are fetched when the end comes near. */
export function HeldTable(): ReactNode {
  const { client } = useServices()
  const rows = useHeldRows(state => state.rows)
  const total = useHeldRows(state => state.total)
  const [active, setActive] = useState(-1)
  const onVisible = useCallback(
    (_first: number, last: number) => {
      if (last >= useHeldRows.getState().rows.length - 20) perform(loadNextHeld(client))
    },
    [client],
  )
  const open = (place: number): void => {
    setActive(place)
    openHeld(rows[place]?.heldId ?? null)
  }
  return (
    <section className="held__rows" aria-labelledby="held-title">
      <h2 id="held-title" className="section-title">
        Row by row <span className="muted">{count(total)}</span>
      </h2>
      <VirtualTable
        label="Held rows"
        columns={COLUMNS}
        count={total}
        rowHeight={28}
        sort={null}
        onSort={() => undefined}
        active={active}
        onActive={setActive}
        onOpen={open}
        onVisible={onVisible}
        cellsOf={place => cellsOf(rows[place])}
      />
    </section>
  )
}

function cellsOf(row: HeldRow | undefined): readonly ReactNode[] | null {
  if (row === undefined) return null
  return [
    <span key="file" className="clip" title={row.file}>
      {row.file}
    </span>,
    count(row.line),
    <code key="column" className="clip">
      {row.column === '' ? <span className="muted">whole row</span> : row.column}
    </code>,
    <code key="value" className="clip" title={row.value}>
      {row.value === '' ? <span className="muted">empty</span> : row.value}
    </code>,
    <span key="message" className="clip soft" title={withoutPlace(row.message)}>
      {withoutPlace(row.message)}
    </span>,
  ]
}
