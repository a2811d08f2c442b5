import { Tooltip } from '@mantine/core'
import { ChevronDown, ChevronUp } from 'lucide-react'
import type { ReactNode } from 'react'

type Props = Readonly<{
  column: Readonly<{ header: string; means?: string; align?: 'start' | 'end'; width?: string }>
  direction: 'ascending' | 'descending' | null
  onSort: (() => void) | undefined
}>

/** The head of a column: a button where it sorts, with what the column means on hover and focus. */
export function ColumnHead({ column, direction, onSort }: Props): ReactNode {
  const { header, means, align = 'start', width } = column
  const body =
    onSort === undefined ? (
      <Words header={header} means={means} />
    ) : (
      <SortButton header={header} means={means} direction={direction} onSort={onSort} />
    )
  return (
    <th
      scope="col"
      className={align === 'end' ? 'number' : undefined}
      style={width === undefined ? undefined : { width }}
      aria-sort={onSort === undefined ? undefined : (direction ?? 'none')}
    >
      {body}
    </th>
  )
}

function Words({ header, means }: Readonly<{ header: string; means: string | undefined }>): ReactNode {
  if (means === undefined) return header
  return (
    <Tooltip label={means} events={{ hover: true, focus: true, touch: true }}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a definition must be reachable without a pointer */}
      <span tabIndex={0} className="definition">
        {header}
      </span>
    </Tooltip>
  )
}

type SortButtonProps = Readonly<{
  header: string
  means: string | undefined
  direction: 'ascending' | 'descending' | null
  onSort: () => void
}>

/** Sorts by its column; the arrow says which way it is sorted now. */
export function SortButton({ header, means, direction, onSort }: SortButtonProps): ReactNode {
  const button = (
    <button type="button" className="plain sort-button" onClick={onSort}>
      <span className="clip">{header}</span>
      {direction === 'ascending' && <ChevronUp size={12} aria-hidden />}
      {direction === 'descending' && <ChevronDown size={12} aria-hidden />}
    </button>
  )
  if (means === undefined) return button
  return (
    <Tooltip label={means} events={{ hover: true, focus: true, touch: true }}>
      {button}
    </Tooltip>
  )
}
