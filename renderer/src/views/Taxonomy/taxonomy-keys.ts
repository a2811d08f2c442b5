import type { Client } from '#contract/contract'
import { undoEdit } from '../../state/taxonomy.ts'
import { setView, targetNames, useTaxonomyView } from '../../state/taxonomy-view.ts'
import { isTyping, stepAsked } from '../../ui/keys.ts'
import { perform } from '../notify.tsx'
import { useRoomKeys } from '../room-keys.ts'
import { focusList } from './focus.ts'

/** For the page of shortcuts. */
export const TAXONOMY_KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['/', 'Search the names'],
  ['↑ ↓ or J K', 'Move along the list'],
  ['Space or X', 'Pick a name'],
  ['Shift ↑ ↓', 'Pick several'],
  ['Enter', 'Open the name or kind'],
  ['M', 'Map to a kind'],
  ['N', 'New kind'],
  ['Enter or A', 'Accept a suggestion'],
  ['D', 'Put a suggestion aside'],
  ['Z or mod Z', 'Undo the last edit'],
  ['Alt ↑ ↓', 'Move a kind in the order'],
  ['Esc', 'Close the panel, then unpick'],
]

/** Keys of the taxonomy: M maps, N makes a kind, Z takes the last edit back, / searches, Esc steps back. */
export function useTaxonomyKeys(): void {
  useRoomKeys(onKey)
}

function onKey(event: KeyboardEvent, client: Client): void {
  if (event.defaultPrevented || isTyping(event.target) || event.altKey) return
  if (document.querySelector('[role=dialog], [role=menu], [role=listbox]') !== null) return
  const isUndo = stepAsked(event) === 'undo'
  if (!isUndo && (event.ctrlKey || event.metaKey)) return
  const act = isUndo ? () => perform(undoEdit(client)) : ACTS[event.key]
  if (act === undefined) return
  event.preventDefault()
  act()
}

const ACTS: Readonly<Record<string, () => void>> = {
  m: () => {
    if (targetNames().length > 0) setView({ dialog: 'map' })
  },
  n: () => setView({ dialog: 'new' }),
  '/': () => {
    setView({ tab: 'names', panel: null })
    // the field is there once the tab is
    requestAnimationFrame(() => document.getElementById('name-search')?.focus())
  },
  Escape: () => {
    focusList()
    if (useTaxonomyView.getState().panel === null) setView({ picked: [] })
    else setView({ panel: null })
  },
}
