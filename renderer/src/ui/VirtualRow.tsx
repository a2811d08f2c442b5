// biome-ignore-all lint/a11y/useSemanticElements: only what is on screen exists, absolutely placed, so table elements cannot be used
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and points at its row by aria-activedescendant
import { memo, type ReactNode } from 'react'

type Props = Readonly<{
  id: string
  index: number
  top: number
  height: number
  tracks: string
  columns: readonly Readonly<{ id: string; align?: 'start' | 'end' }>[]
  isActive: boolean
  cells: readonly ReactNode[] | null
  onOpen: (index: number) => void
}>

/** One row of a VirtualTable, or its grey stand-in: a single bar, since a fast scroll draws it for one frame. */
export const VirtualRow = memo(function VirtualRow(props: Props): ReactNode {
  const { index, columns, cells, isActive } = props
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it has the keys
    <div
      id={props.id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isActive}
      className={isActive ? 'virtual-table__row is-active' : 'virtual-table__row'}
      style={{ transform: `translateY(${props.top}px)`, height: props.height, gridTemplateColumns: props.tracks }}
      onClick={() => props.onOpen(index)}
    >
      {cells === null ? (
        <div role="gridcell" className="virtual-table__cell">
          <span className="skeleton-bar" style={{ width: `${40 + ((index * 31) % 40)}%` }} />
        </div>
      ) : (
        columns.map((column, place) => (
          <div
            key={column.id}
            role="gridcell"
            className={column.align === 'end' ? 'virtual-table__cell number' : 'virtual-table__cell'}
          >
            {cells[place]}
          </div>
        ))
      )}
    </div>
  )
})
