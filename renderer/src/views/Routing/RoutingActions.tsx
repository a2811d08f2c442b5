import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { discardPolicyDraft, undoPolicyEdit, useRouting } from '../../state/routing-draft.ts'
import { changedRules, hasOtherSettings } from '../../state/routing-rules.ts'
import { setRoutingView } from '../../state/routing-view.ts'
import { DraftBar } from '../../ui/DraftBar.tsx'
import { counted } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** What can be done with edited rules: nothing is in force before it is saved. */
export function RoutingActions(): ReactNode {
  const { client } = useServices()
  const draft = useRouting(state => state.draft)
  const inForce = useRouting(state => state.inForce)
  const canUndo = useRouting(state => state.past.length > 0)
  const isFaulty = useRouting(state => state.issues.length > 0)
  if (inForce === null) return null
  return (
    <DraftBar
      status={draft === null ? null : `${changesText(inForce.policy, draft)}, not in force`}
      canUndo={canUndo}
      onUndo={() => perform(undoPolicyEdit(client))}
      onDiscard={() => perform(discardPolicyDraft(client))}
    >
      <Button disabled={isFaulty} onClick={() => setRoutingView({ dialog: 'save' })}>
        Review and save
      </Button>
    </DraftBar>
  )
}

type Policy = Parameters<typeof changedRules>[0]

/** `2 rules changed`, `1 rule and settings changed` */
export function changesText(before: Policy, after: Policy): string {
  const rules = changedRules(before, after).length
  const parts = [
    ...(rules > 0 ? [counted(rules, 'rule')] : []),
    ...(hasOtherSettings(before, after) ? ['settings'] : []),
  ]
  return parts.length === 0 ? 'Name changed' : `${parts.join(' and ').replace(/^s/, 'S')} changed`
}
