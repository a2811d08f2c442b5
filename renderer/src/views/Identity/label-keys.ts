import { useEffect } from 'react'
import type { Client } from '#contract/contract'
import { type Label, labelShown, showLabelAt, useLabels } from '../../state/identity-labels.ts'
import { isTyping } from '../../ui/keys.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

export const LABEL_KEYS: Readonly<Record<string, Label>> = { a: 'same', x: 'different', u: 'unsure' }
const STEPS: Readonly<Record<string, number>> = { j: 1, k: -1 }

/** A, X and U judge the pair that is shown; J and K go on and back. */
export function useLabelKeys(): void {
  const { client } = useServices()
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => act(event, client)
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [client])
}

function act(event: KeyboardEvent, client: Client): void {
  if (event.defaultPrevented || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return
  if (document.querySelector('[role=dialog], [role=menu]') !== null) return
  const label = LABEL_KEYS[event.key]
  const step = STEPS[event.key]
  if (label !== undefined && !event.repeat) {
    event.preventDefault()
    perform(labelShown(client, label))
  } else if (step !== undefined) {
    event.preventDefault()
    showLabelAt(useLabels.getState().at + step)
  }
}
