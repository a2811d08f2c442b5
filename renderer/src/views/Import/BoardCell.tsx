// biome-ignore-all lint/a11y/useSemanticElements: only what is on screen exists, absolutely placed, so table elements cannot be used
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and points at its row by aria-activedescendant
import type { ReactNode } from 'react'

type Props = Readonly<{
  className?: string
  /** Takes the whole row. */
  isWide?: boolean
  title?: string
  children: ReactNode
}>

/** One cell of a row of the board. */
export function BoardCell({ className = '', isWide = false, title, children }: Props): ReactNode {
  return (
    <div
      role="gridcell"
      aria-colspan={isWide ? 4 : undefined}
      className={`board-cell ${isWide ? 'board-cell--wide' : ''} ${className}`}
      title={title}
    >
      {children}
    </div>
  )
}
