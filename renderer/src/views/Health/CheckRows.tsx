import { type ReactNode, useCallback, useEffect, useState } from 'react'
import type { CheckCode } from '../../state/health.ts'
import {
  fetchHealthRows,
  type HealthColumn,
  type HealthRow,
  openHealthRow,
  showHealthRows,
  useHealthRows,
} from '../../state/health-rows.ts'
import { openRecord } from '../../state/record.ts'
import { count } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { type GridColumn, VirtualTable } from '../../ui/VirtualTable.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { EventDialog } from './EventDialog.tsx'
import { valueText } from './value-text.ts'

type Props = Readonly<{ code: CheckCode }>

/** The rows behind a check, fetched as they scroll into view; each leads to the line of the file it was read from. */
export function CheckRows({ code }: Props): ReactNode {
  const { client } = useServices()
  const status = useHealthRows(state => state.status)
  const total = useHealthRows(state => state.total)
  const onlyFile = useHealthRows(state => placesOf(state.rows).onlyFile)
  useEffect(() => perform(showHealthRows(client, code)), [client, code])
  return (
    <section className="check-rows" aria-labelledby="rows-title">
      <h3 id="rows-title" className="section-title check-rows__title">
        Rows behind it {status === 'ready' && <span className="muted">{count(total)}</span>}
        {onlyFile !== null && <span className="check-rows__file muted clip">lines of {onlyFile}</span>}
      </h3>
      {status === 'failed' ? (
        <Retry title="The rows cannot be shown" again={() => showHealthRows(client, code)} />
      ) : status === 'ready' ? (
        <Rows />
      ) : (
        <SkeletonRows rows={6} label="Rows are being read" />
      )}
      <EventDialog />
    </section>
  )
}

function Rows(): ReactNode {
  const { client } = useServices()
  const rows = useHealthRows(state => state.rows)
  const columns = useHealthRows(state => state.columns)
  const total = useHealthRows(state => state.total)
  const { hasPlaces, onlyFile } = placesOf(rows)
  const [active, setActive] = useState(-1)
  const onVisible = useCallback(
    (first: number, last: number) => perform(fetchHealthRows(client, first, last)),
    [client],
  )
  const open = (place: number): void => {
    setActive(place)
    const row = rows[place]
    if (row?.event) openHealthRow(place)
    else if (row?.record && row.record.table !== 'events') perform(openRecord(client, row.record.table, row.record.key))
  }
  const grid = [...columns.map(columnOf), ...(hasPlaces ? [whereOf(onlyFile)] : [])]
  return (
    <div className="check-rows__table">
      <VirtualTable
        label="Rows behind it"
        columns={grid}
        count={total}
        rowHeight={26}
        sort={null}
        onSort={() => undefined}
        active={active}
        onActive={setActive}
        onOpen={open}
        onVisible={onVisible}
        cellsOf={place => cellsOf(rows[place], columns, { hasPlaces, onlyFile })}
      />
    </div>
  )
}

type Places = Readonly<{
  hasPlaces: boolean /** The file that all rows seen so far are from. */
  onlyFile: string | null
}>

function placesOf(rows: Readonly<Record<number, HealthRow>>): Places {
  const files = new Set(Object.values(rows).flatMap(({ file }) => file ?? []))
  const [first = null] = files
  return { hasPlaces: files.size > 0, onlyFile: files.size === 1 ? first : null }
}

function whereOf(onlyFile: string | null): GridColumn {
  if (onlyFile === null)
    return { id: 'where', header: 'File and line', width: 'minmax(130px, 1.2fr)', isSortable: false }
  const means = `Line in ${onlyFile}`
  return { id: 'where', header: 'Line', means, align: 'end', width: '64px', isSortable: false }
}

const WIDTHS: Readonly<Record<HealthColumn['kind'], string>> = {
  instant: '118px',
  moment: '118px',
  count: '68px',
  share: '56px',
  id: 'minmax(84px, 1fr)',
  text: 'minmax(72px, 1fr)',
}

function columnOf({ id, label, kind }: HealthColumn): GridColumn {
  const isFigure = kind === 'count' || kind === 'share'
  return { id, header: label, width: WIDTHS[kind], isSortable: false, ...(isFigure ? { align: 'end' } : {}) }
}

function cellsOf(
  row: HealthRow | undefined,
  columns: readonly HealthColumn[],
  { hasPlaces, onlyFile }: Places,
): readonly ReactNode[] | null {
  if (row === undefined) return null
  const cells = columns.map(({ id, kind }, i) => {
    const text = valueText(row.values[i] ?? null, kind)
    return (
      <span key={id} className={kind === 'id' ? 'clip' : 'clip soft'} title={text}>
        {text}
      </span>
    )
  })
  if (!hasPlaces) return cells
  const where = row.file === null ? '' : `${row.file}:${row.line ?? ''}`
  if (onlyFile !== null)
    return [
      ...cells,
      <span key="where" className="muted" title={where}>
        {row.line}
      </span>,
    ]
  return [
    ...cells,
    <span key="where" className="check-rows__where muted" title={where}>
      <span className="clip">{row.file ?? ''}</span>
      {row.line !== null && `:${row.line}`}
    </span>,
  ]
}
