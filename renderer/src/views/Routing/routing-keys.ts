import type { Platform } from '../../platform/platform.ts'
import { setAlertView, useAlerts } from '../../state/routing-alerts.ts'
import { undoPolicyEdit, useRouting } from '../../state/routing-draft.ts'
import { undoGiven } from '../../state/routing-give.ts'
import { reviewIcp, undoIcpEdit, useIcp } from '../../state/routing-icp.ts'
import { chooseOwner, usePools } from '../../state/routing-pools.ts'
import { ROUTING_TABS, setRoutingView, useRoutingView } from '../../state/routing-view.ts'
import { isTyping, stepAsked } from '../../ui/keys.ts'
import { perform } from '../notify.tsx'
import { useRoomKeys } from '../room-keys.ts'
import { focusRules } from './focus.ts'
import { startRule } from './RulesTab.tsx'

/** For the page of shortcuts. */
export const ROUTING_KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['↑ ↓ or J K', 'Move along the rules'],
  ['Enter', 'Open the rule'],
  ['Alt ↑ ↓', 'Move the rule in the order'],
  ['N', 'New rule'],
  ['/', 'Choose a workspace to try the rules on'],
  ['Z or mod Z', 'Undo the last step'],
  ['mod S', 'Save as a version'],
  [`1 to ${ROUTING_TABS.length}`, 'Show a part of the room'],
  ['Esc', 'Close the panel'],
]

/** Keys of the room: N makes a rule, / tries them, Z alone or with the modifier undoes, mod S saves, Esc closes the panel. */
export function useRoutingKeys(): void {
  useRoomKeys(onRoutingKey)
}

function onRoutingKey(event: KeyboardEvent, client: Platform['client']): void {
  if (event.defaultPrevented || event.altKey) return
  // a list that is open has the focus in its field; the one of the picker is there while it is closed, too
  if (document.querySelector('[role=dialog], [role=menu]') !== null) return
  const hasModifier = event.ctrlKey || event.metaKey
  if (isTyping(event.target) && !(hasModifier && event.key === 's')) return
  const isUndo = stepAsked(event) === 'undo'
  const act = isUndo
    ? () => perform(undoLast(client))
    : hasModifier
      ? withModifier(event.key)
      : plain(event.key, client)
  if (act === null) return
  event.preventDefault()
  act()
}

function withModifier(key: string): (() => void) | null {
  if (key !== 's') return null
  if (useRoutingView.getState().tab === 'icp') return startIcpReview
  return () => {
    if (useRouting.getState().draft !== null) setRoutingView({ dialog: 'save' })
  }
}

/** Takes back the last step of the part that is shown: what was given away, the ICP rules, else the rules. */
async function undoLast(client: Platform['client']): Promise<void> {
  const { tab } = useRoutingView.getState()
  if (tab === 'pools' && usePools.getState().past.length > 0) await undoGiven(client)
  else if (tab === 'icp') await undoIcpEdit(client)
  else await undoPolicyEdit(client)
}

function startIcpReview(): void {
  if (useIcp.getState().draft !== null) reviewIcp(true)
}

function plain(key: string, client: Platform['client']): (() => void) | null {
  const tab = ROUTING_TABS[Number(key) - 1]
  if (tab !== undefined) return () => setRoutingView({ tab })
  if (key === 'n') return () => startRule(client)
  if (key === '/')
    return () => {
      setRoutingView({ tab: 'test' })
      // the field is there once the tab is
      requestAnimationFrame(() => document.getElementById('unit-to-test')?.focus())
    }
  return key === 'Escape' ? closing(client) : null
}

/** Closes the panel of the part that is shown; null: none is open. */
function closing(client: Platform['client']): (() => void) | null {
  const { tab, ruleId } = useRoutingView.getState()
  if (tab === 'pools') return usePools.getState().ownerId === null ? null : () => perform(chooseOwner(client, null))
  if (tab === 'alerts') return useAlerts.getState().openId === null ? null : () => setAlertView({ openId: null })
  if (tab !== 'rules' || ruleId === null) return null
  return () => {
    focusRules()
    setRoutingView({ ruleId: null })
  }
}
