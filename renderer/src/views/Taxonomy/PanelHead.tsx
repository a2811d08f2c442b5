import { ActionIcon } from '@mantine/core'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { setView } from '../../state/taxonomy-view.ts'
import { focusList } from './focus.ts'

type Props = Readonly<{ title: string; children?: ReactNode }>

/** What the panel is about, and the way out of it. */
export function PanelHead({ title, children }: Props): ReactNode {
  const close = (): void => {
    focusList()
    setView({ panel: null })
  }
  return (
    <header className="taxonomy-panel__head">
      <div className="taxonomy-panel__title">
        <h2 className="unit-head__name" title={title}>
          {title}
        </h2>
        {children}
      </div>
      <ActionIcon aria-label="Close the panel" onClick={close}>
        <X size={16} aria-hidden />
      </ActionIcon>
    </header>
  )
}
