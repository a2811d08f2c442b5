import type { Platform } from '../../platform/platform.ts'
import { undoChange } from '../../state/simulator.ts'
import { SIMULATOR_TABS, setSimulatorView } from '../../state/simulator-view.ts'
import { isTyping, stepAsked } from '../../ui/keys.ts'
import { perform } from '../notify.tsx'
import { useRoomKeys } from '../room-keys.ts'

/** For the page of shortcuts. */
export const SIMULATOR_KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['/', 'Search the parameters'],
  ['← →', 'Move a handle by one step'],
  ['Shift ← →', 'Move a threshold by ten'],
  ['Z or mod Z', 'Undo the last change'],
  [`1 to ${SIMULATOR_TABS.length}`, 'Show a part of the answer'],
  ['Esc', 'Close the list'],
]

/** Keys of the simulator: / searches, Z alone or with the modifier undoes, figures choose a part, Esc closes the list. */
export function useSimulatorKeys(): void {
  useRoomKeys(onSimulatorKey)
}

function onSimulatorKey(event: KeyboardEvent, client: Platform['client']): void {
  if (event.defaultPrevented || event.altKey || isText(event.target)) return
  if (document.querySelector('[role=dialog], [role=menu], [role=listbox]') !== null) return
  const act = actOf(event, client)
  if (act === null) return
  event.preventDefault()
  act()
}

/** A handle is a field too, but takes no letters. */
function isText(target: EventTarget | null): boolean {
  return isTyping(target) && !(target instanceof HTMLInputElement && target.type === 'range')
}

function actOf(event: KeyboardEvent, client: Platform['client']): (() => void) | null {
  if (stepAsked(event) === 'undo') return () => perform(undoChange(client))
  return event.ctrlKey || event.metaKey ? null : plain(event.key)
}

function plain(key: string): (() => void) | null {
  const tab = SIMULATOR_TABS[Number(key) - 1]
  if (tab !== undefined) return () => setSimulatorView({ tab })
  if (key === '/') return () => document.getElementById('parameter-search')?.focus()
  return key === 'Escape' ? () => setSimulatorView({ cell: null }) : null
}
