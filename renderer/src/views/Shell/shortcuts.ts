import { useEffect } from 'react'
import { useHelp } from '../../state/help.ts'
import { go } from '../../state/navigation.ts'
import { useProject } from '../../state/project.ts'
import { isTyping } from '../../ui/keys.ts'
import { IDENTITY_KEYS } from '../Identity/review-keys.ts'
import { BOARD_KEYS } from '../Import/board-keys.ts'
import { MODEL_KEYS } from '../Model/model-keys.ts'
import { ROUTING_KEYS } from '../Routing/routing-keys.ts'
import { ROOMS } from '../rooms.ts'
import { SIMULATOR_KEYS } from '../Simulator/simulator-keys.ts'
import { TAXONOMY_KEYS } from '../Taxonomy/taxonomy-keys.ts'

/** Keys that work everywhere; those of one screen are with that screen. For the page of shortcuts. */
export const SHORTCUTS: readonly Readonly<{
  group: string
  keys: readonly (readonly [keys: string, does: string])[]
}>[] = [
  {
    group: 'Everywhere',
    keys: [
      ['mod K', 'Search and commands'],
      ['?', 'This page'],
      ...ROOMS.map(room => [`G then ${room.key.toUpperCase()}`, `Go to ${room.label}`] as const),
    ],
  },
  { group: 'Import', keys: BOARD_KEYS },
  { group: 'Taxonomy', keys: TAXONOMY_KEYS },
  { group: 'Identity', keys: IDENTITY_KEYS },
  { group: 'Model', keys: MODEL_KEYS },
  { group: 'Routing', keys: ROUTING_KEYS },
  {
    group: 'Scores',
    keys: [
      ['/', 'Search the list'],
      ['↑ ↓ or J K', 'Move along the list'],
      ['Enter', 'Open the workspace'],
      ['Esc', 'Close the panel'],
      ['1 to 7', 'Show a part of the open workspace'],
    ],
  },
  { group: 'Simulator', keys: SIMULATOR_KEYS },
]

const WITHIN_MS = 900

/** `?` for help; `g` and then the key of a room. */
export function useShortcuts(): void {
  useEffect(() => {
    let pressedG = 0
    const onKey = (event: KeyboardEvent): void => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key === '?') {
        useHelp.setState({ isOpen: true })
        return
      }
      const room = ROOMS.find(({ key }) => key === event.key)
      const isSecond = event.timeStamp - pressedG < WITHIN_MS
      pressedG = event.key === 'g' ? event.timeStamp : 0
      if (!isSecond || room === undefined || useProject.getState().status !== 'open') return
      event.preventDefault()
      go(room.screen)
      document.getElementById('main')?.focus()
    }
    // before the keys of a room, which leave a key alone that was taken
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  }, [])
}
