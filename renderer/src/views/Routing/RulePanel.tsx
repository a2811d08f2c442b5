import { ActionIcon, TextInput } from '@mantine/core'
import { Copy, Trash2, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Rule } from '#schema/policy'
import { editPolicy, policyOf, rulesOf, useRouting } from '../../state/routing-draft.ts'
import { addRule, changeRule, dropRule, freeRuleId, ruleOf } from '../../state/routing-rules.ts'
import { setRoutingView } from '../../state/routing-view.ts'
import { SidePanel } from '../../ui/SidePanel.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { ChannelRules } from './ChannelRules.tsx'
import { focusRules } from './focus.ts'
import { placeOf } from './RuleNote.tsx'
import { RuleReach } from './RuleReach.tsx'
import { TestList } from './TestList.tsx'
import { useIssue } from './use-issue.ts'

type Props = Readonly<{ ruleId: string }>

/** One rule: when it holds, where it sends, and what it comes to. */
export function RulePanel({ ruleId }: Props): ReactNode {
  const rule = useRouting(state => rulesOf(state).find(({ id }) => id === ruleId) ?? null)
  const place = useRouting(state => placeOf(rulesOf(state), ruleId))
  const isDefault = useRouting(state => rulesOf(state).at(-1)?.id === ruleId)
  if (rule === null) return null
  return (
    <SidePanel label="Rule">
      <Head rule={rule} place={place} isDefault={isDefault} />
      <div className="rule-panel">
        <section aria-label="Conditions">
          {isDefault ? (
            <p className="soft">Holds for every workspace that no rule above takes. It stays the last.</p>
          ) : (
            <>
              <TestList ruleId={ruleId} part="all" tests={rule.all} path={`rules.${place}.all`} />
              <TestList ruleId={ruleId} part="any" tests={rule.any} path={`rules.${place}.any`} />
            </>
          )}
        </section>
        <ChannelRules rule={rule} place={place} />
        <RuleReach ruleId={ruleId} />
      </div>
    </SidePanel>
  )
}

type HeadProps = Readonly<{ rule: Rule; place: number; isDefault: boolean }>

function Head({ rule, place, isDefault }: HeadProps): ReactNode {
  const { client } = useServices()
  const issue = useIssue(`rules.${place}.title`)
  const close = (): void => {
    focusRules()
    setRoutingView({ ruleId: null })
  }
  return (
    <header className="rule-panel__head">
      <span className="muted number">{place + 1}</span>
      <TextInput
        className="rule-panel__title"
        aria-label="Title of the rule"
        value={rule.title}
        error={rule.title === '' ? 'A rule needs a title.' : issue}
        onChange={event => {
          const title = event.currentTarget.value
          perform(editPolicy(client, policy => changeRule(policy, rule.id, { title }), `${rule.id} title`))
        }}
      />
      {!isDefault && <Acts rule={rule} />}
      <ActionIcon aria-label="Close the panel" onClick={close}>
        <X size={16} aria-hidden />
      </ActionIcon>
    </header>
  )
}

function Acts({ rule }: Readonly<{ rule: Rule }>): ReactNode {
  const { client } = useServices()
  const copy = (): void => {
    const policy = policyOf(useRouting.getState())
    if (policy === null) return
    const id = freeRuleId(policy)
    const made = { ...rule, id, title: `${rule.title}, copy` }
    perform(editPolicy(client, before => addRule(before, made, rule.id)))
    setRoutingView({ ruleId: id })
  }
  const remove = (): void => {
    perform(editPolicy(client, policy => (ruleOf(policy, rule.id) === null ? policy : dropRule(policy, rule.id))))
    setRoutingView({ ruleId: null })
    focusRules()
  }
  return (
    <>
      <ActionIcon aria-label="Copy the rule" title="Copy the rule" onClick={copy}>
        <Copy size={14} aria-hidden />
      </ActionIcon>
      <ActionIcon aria-label="Remove the rule" title="Remove the rule" onClick={remove}>
        <Trash2 size={14} aria-hidden />
      </ActionIcon>
    </>
  )
}
