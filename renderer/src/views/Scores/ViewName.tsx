import type { ReactNode } from 'react'
import { saveView, useScoreViews } from '../../state/score-views.ts'
import { NamePrompt } from '../../ui/NamePrompt.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** The name under which a view is kept. */
export function ViewName(): ReactNode {
  const { client } = useServices()
  const close = (): void => useScoreViews.setState({ isNaming: false })
  return (
    <NamePrompt
      title="Save the view"
      description="Level, filters, order and columns are kept with the project."
      placeholder="Hot, by intent"
      onClose={close}
      onSave={name => perform(saveView(client, name, null).then(close))}
    />
  )
}
