import type { ReactNode } from 'react'
import { policyOf, useRouting } from '../../state/routing-draft.ts'
import { Sequences } from './Sequences.tsx'
import { Suppressions } from './Suppressions.tsx'
import { Windows } from './Windows.tsx'

/** What stops a channel, and the sequence that each channel's list starts. Edited with the rules, saved with them. */
export function SettingsTab(): ReactNode {
  const policy = useRouting(policyOf)
  if (policy === null) return null
  return (
    <div className="routing-settings scroll">
      <Suppressions policy={policy} />
      <Windows policy={policy} />
      <Sequences policy={policy} />
    </div>
  )
}
