import type { Client } from '#contract/contract'
import { type Label, labelShown, showLabelAt, useLabels } from '../../state/identity-labels.ts'
import { isTyping } from '../../ui/keys.ts'
import { perform } from '../notify.tsx'
import { useRoomKeys } from '../room-keys.ts'

export const LABEL_KEYS: Readonly<Record<string, Label>> = { a: 'same', x: 'different', u: 'unsure' }
const STEPS: Readonly<Record<string, number>> = { j: 1, k: -1 }

/** A, X and U judge the pair that is shown; J and K go on and back. */
export function useLabelKeys(): void {
  useRoomKeys(act)
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
