import type { Client } from '#contract/contract'
import { undoModelEdit } from '../../state/model-editor.ts'
import { setModelView, useModelView } from '../../state/model-view.ts'
import { isTyping, stepAsked } from '../../ui/keys.ts'
import { perform } from '../notify.tsx'
import { useRoomKeys } from '../room-keys.ts'

/** For the page of shortcuts. */
export const MODEL_KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['N', 'Add a signal'],
  ['Z or mod Z', 'Undo the last edit'],
  ['Esc', 'Close the panel'],
]

/** Keys of the model: N adds a signal, Z alone or with the modifier takes the last edit back, Esc closes the panel. */
export function useModelKeys(): void {
  useRoomKeys(onKey)
}

function onKey(event: KeyboardEvent, client: Client): void {
  if (event.defaultPrevented || isTyping(event.target) || event.altKey) return
  if (document.querySelector('[role=dialog], [role=menu], [role=listbox]') !== null) return
  if (stepAsked(event) === 'undo') perform(undoModelEdit(client))
  else if (event.ctrlKey || event.metaKey) return
  else if (event.key === 'n' && useModelView.getState().tab === 'signals') setModelView({ dialog: 'new' })
  else if (event.key === 'Escape') setModelView({ signal: null, version: null })
  else return
  event.preventDefault()
}
