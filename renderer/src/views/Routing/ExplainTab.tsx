import { ArrowUpRight, SearchCheck } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { openUnit } from '../../state/navigation.ts'
import { useRouting } from '../../state/routing-draft.ts'
import { type Explanation, explainUnit, useExplain } from '../../state/routing-explain.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { score } from '../../ui/format.ts'
import { LevelGlyph } from '../../ui/LevelGlyph.tsx'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { stageOf } from '../words.ts'
import { DestinationMark } from './DestinationMark.tsx'
import { ExplainOwner } from './ExplainOwner.tsx'
import { ExplainRules } from './ExplainRules.tsx'
import { ExplainSuppressions } from './ExplainSuppressions.tsx'
import { UnitPicker } from './UnitPicker.tsx'

/** The rules tried on one workspace: each condition with its value, what stops a channel, and who owns it. */
export function ExplainTab(): ReactNode {
  const { client } = useServices()
  const unitId = useExplain(state => state.unitId)
  const draft = useRouting(state => state.draft)
  const issues = useRouting(state => state.issues)
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rules give another answer
  useEffect(() => {
    if (unitId !== null) perform(explainUnit(client, unitId))
  }, [client, unitId, draft, issues])
  return (
    <div className="explain">
      <div className="explain__bar">
        <UnitPicker />
        <span className="muted clip">
          {draft === null
            ? 'By the rules in force.'
            : issues.length > 0
              ? 'By the rules before the field that is to be corrected.'
              : 'By the edited rules, which are not in force.'}
        </span>
      </div>
      <Answer />
    </div>
  )
}

function Answer(): ReactNode {
  const { client } = useServices()
  const status = useExplain(state => state.status)
  const unitId = useExplain(state => state.unitId)
  const answer = useExplain(state => state.answer)
  if (unitId === null)
    return (
      <EmptyState icon={<SearchCheck size={24} strokeWidth={1.5} />} title="Choose a workspace">
        Every rule is tried on it: each condition with the value that met or failed it, what stops a channel, and where
        its owner comes from.
      </EmptyState>
    )
  if (status === 'failed')
    return <Retry title="The workspace cannot be explained" again={() => explainUnit(client, unitId)} />
  if (answer === null) return <SkeletonRows rows={10} label="The rules are being tried" />
  return (
    <div className="explain__body">
      <ExplainRules rules={answer.rules} />
      <div className="explain__side">
        <Verdict answer={answer} />
        <ExplainSuppressions suppressions={answer.suppressions} />
        <ExplainOwner owner={answer.owner} />
      </div>
    </div>
  )
}

function Verdict({ answer: { unit, destination, also, ruleId, rules } }: Readonly<{ answer: Explanation }>): ReactNode {
  const stage = stageOf(unit.stage)
  const place = rules.findIndex(rule => rule.ruleId === ruleId)
  return (
    <section aria-label="Decision">
      <h2 className="explain__name" title={unit.unitId}>
        {unit.unitName ?? unit.unitId}
      </h2>
      <dl className="facts">
        <dt>Goes to</dt>
        <dd className="explain__to">
          <DestinationMark id={destination} />
        </dd>
        {also.length > 0 && (
          <>
            <dt>Also</dt>
            <dd className="explain__also">
              {also.map(id => (
                <DestinationMark key={id} id={id} />
              ))}
            </dd>
          </>
        )}
        <dt>By</dt>
        <dd>
          rule {place + 1}, {rules[place]?.title}
        </dd>
        <dt>Score</dt>
        <dd>
          <span className="with-mark">
            {score(unit.score)} <LevelGlyph level={stage.level} color={stage.color} /> {stage.label}
          </span>
        </dd>
        <dt>Account</dt>
        <dd>{unit.accountName ?? <span className="muted">none</span>}</dd>
      </dl>
      <button type="button" className="plain text-button with-mark" onClick={() => openUnit(unit.unitId)}>
        Open in Scores <ArrowUpRight size={12} aria-hidden />
      </button>
    </section>
  )
}
