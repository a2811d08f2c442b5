import { FileDown } from 'lucide-react'
import type { ReactNode } from 'react'

type Props = Readonly<{ isOver: boolean }>

/** Covers the window while files hover over it. */
export function DropVeil({ isOver }: Props): ReactNode {
  if (!isOver) return null
  return (
    <div className="drop-veil">
      <div className="drop-veil__frame">
        <FileDown size={24} aria-hidden />
        <p className="drop-veil__title">Drop to add exports</p>
        <p className="muted">Files are read first; nothing is imported until it is confirmed.</p>
      </div>
    </div>
  )
}
