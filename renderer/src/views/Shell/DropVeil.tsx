import { FileDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { takesErrorFiles } from '../../state/export-errors.ts'
import { useNavigation } from '../../state/navigation.ts'

type Props = Readonly<{ isOver: boolean }>

/** Covers the window while files hover over it. */
export function DropVeil({ isOver }: Props): ReactNode {
  const screen = useNavigation(state => state.screen)
  if (!isOver) return null
  const isReturned = screen === 'export' && takesErrorFiles()
  return (
    <div className="drop-veil">
      <div className="drop-veil__frame">
        <FileDown size={24} aria-hidden />
        <p className="drop-veil__title">{isReturned ? 'Drop an error file of the CRM' : 'Drop to add exports'}</p>
        <p className="muted">
          {isReturned
            ? 'Its rows are marked, and come with the next export again.'
            : 'Files are read first; nothing is imported until it is confirmed.'}
        </p>
      </div>
    </div>
  )
}
