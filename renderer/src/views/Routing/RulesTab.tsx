import { Button } from '@mantine/core'
import { Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Platform } from '../../platform/platform.ts'
import { editPolicy, policyOf, rulesOf, useRouting } from '../../state/routing-draft.ts'
import { addRule, freeRuleId, newRule } from '../../state/routing-rules.ts'
import { setRoutingView, useRoutingView } from '../../state/routing-view.ts'
import { ColumnHead } from '../../ui/ColumnHead.tsx'
import { counted } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { Gaps } from './Gaps.tsx'
import { Moves } from './Moves.tsx'
import { RuleRow } from './RuleRow.tsx'
import { SandboxNote } from './SandboxNote.tsx'

const HEADS = [
  { id: 'place', header: '#', means: 'The first rule that holds decides.', align: 'end' },
  { id: 'rule', header: 'Rule' },
  { id: 'to', header: 'Goes to' },
  { id: 'decides', header: 'Decides', means: 'Workspaces whose destination this rule gives.', align: 'end' },
  {
    id: 'holds',
    header: 'Holds for',
    means: 'Workspaces for which it would hold, wherever it stood; those that an earlier rule takes are among them.',
    align: 'end',
  },
  { id: 'note', header: 'Note' },
  { id: 'move', header: 'Order', align: 'end' },
] as const

/** The rules in the order in which they are tried, and what they leave or move. */
export function RulesTab(): ReactNode {
  const rules = useRouting(rulesOf)
  const check = useRouting(state => state.check)
  const isOld = useRouting(state => state.isCheckOld)
  const hasDraft = useRouting(state => state.draft !== null)
  return (
    <div className="rules-tab">
      <Bar />
      <div className="rules-tab__body scroll">
        <table className="data-table rules-table" aria-label="Rules in their order" aria-busy={isOld}>
          <thead>
            <tr>
              {HEADS.map(head => (
                <ColumnHead key={head.id} column={head} direction={null} onSort={undefined} />
              ))}
            </tr>
          </thead>
          <tbody>
            {rules.map((rule, place) => (
              <RuleRow key={rule.id} rule={rule} place={place} of={rules.length} />
            ))}
          </tbody>
        </table>
        {check !== null && (
          <div className="consequences">
            <SandboxNote />
            {hasDraft && <Moves moved={check.moved} />}
            <Gaps gaps={check.gaps} />
          </div>
        )}
      </div>
    </div>
  )
}

function Bar(): ReactNode {
  const { client } = useServices()
  const issues = useRouting(state => state.issues.length)
  return (
    <div className="filter-bar rules-tab__bar" role="toolbar" aria-label="Rules">
      <span className="muted clip">The first rule that holds decides. The last one always holds.</span>
      {issues > 0 && (
        <span className="rules-tab__fault" role="alert">
          {counted(issues, 'field')} to correct; the figures are of the rules before
        </span>
      )}
      <div className="screen__spacer" />
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<Plus size={14} aria-hidden />}
        onClick={() => startRule(client)}
      >
        New rule
      </Button>
    </div>
  )
}

/** A new rule behind the one that is open, else before the default; its panel opens. */
export function startRule(client: Platform['client']): void {
  const policy = policyOf(useRouting.getState())
  if (policy === null) return
  const id = freeRuleId(policy)
  const after = useRoutingView.getState().ruleId
  perform(editPolicy(client, before => addRule(before, newRule(id), after)))
  setRoutingView({ tab: 'rules', ruleId: id })
}
