import {
  createSortedRowModel,
  type RowData,
  rowSortingFeature,
  sortFn_alphanumeric,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { type ReactNode, useMemo } from 'react'
import { ColumnHead } from './ColumnHead.tsx'

export type Column<Row> = Readonly<{
  id: string
  header: string
  /** What the column is made of, shown on its head. */
  means?: string
  align?: 'start' | 'end'
  width?: string
  /** Makes the column sortable. */
  sortBy?: (row: Row) => string | number
  cell: (row: Row) => ReactNode
}>

type Props<Row> = Readonly<{
  /** Names the table for assistive technology. */
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string
  sort?: Readonly<{ id: string; desc: boolean }>
  selectedKey?: string | null
  onSelect?: (row: Row) => void
  foot?: ReactNode
}>

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric },
})
const NOTHING_SORTED: readonly { id: string; desc: boolean }[] = []

/** A table of rows that are all at hand, sorted here. For long lists there is VirtualTable. */
export function DataTable<Row extends RowData>(props: Props<Row>): ReactNode {
  const { columns, rows, keyOf, sort } = props
  const definitions = useMemo(
    () =>
      columns.map(column => ({
        id: column.id,
        accessorFn: (row: Row) => column.sortBy?.(row) ?? '',
        enableSorting: column.sortBy !== undefined,
        sortFn: 'auto' as const,
      })),
    [columns],
  )
  const data = useMemo(() => [...rows], [rows])
  const table = useTable({
    features,
    columns: definitions,
    data,
    getRowId: keyOf,
    enableSortingRemoval: false,
    initialState: { sorting: sort === undefined ? [...NOTHING_SORTED] : [sort] },
  })
  const sorted = table.state.sorting[0]
  return (
    <table className="data-table" aria-label={props.label}>
      <thead>
        <tr>
          {columns.map(column => (
            <ColumnHead
              key={column.id}
              column={column}
              direction={sorted?.id === column.id ? (sorted.desc ? 'descending' : 'ascending') : null}
              onSort={
                column.sortBy === undefined ? undefined : () => table.getColumn(column.id)?.toggleSorting(undefined)
              }
            />
          ))}
        </tr>
      </thead>
      <tbody>
        {table.getRowModel().rows.map(({ id, original }) => (
          <BodyRow key={id} id={id} row={original} {...props} />
        ))}
      </tbody>
      {props.foot !== undefined && <tfoot>{props.foot}</tfoot>}
    </table>
  )
}

type BodyRowProps<Row> = Readonly<{ id: string; row: Row }> & Pick<Props<Row>, 'columns' | 'selectedKey' | 'onSelect'>

function BodyRow<Row>({ id, row, columns, selectedKey, onSelect }: BodyRowProps<Row>): ReactNode {
  const [first, ...rest] = columns
  const className = [onSelect === undefined ? '' : 'is-choosable', selectedKey === id ? 'is-selected' : ''].join(' ')
  return (
    <tr className={className} onClick={onSelect === undefined ? undefined : () => onSelect(row)}>
      {first !== undefined && (
        <td className={first.align === 'end' ? 'number' : undefined}>
          {onSelect === undefined ? (
            first.cell(row)
          ) : (
            <button type="button" className="plain data-table__choose" aria-pressed={selectedKey === id}>
              {first.cell(row)}
            </button>
          )}
        </td>
      )}
      {rest.map(column => (
        <td key={column.id} className={column.align === 'end' ? 'number' : undefined}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  )
}
