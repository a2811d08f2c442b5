import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { FACT_KINDS, FACTS, type Test } from '#schema/policy'
import { useRouting } from '../../state/routing-draft.ts'
import { chosenOf, newTest, toggleChoice } from '../../state/routing-rules.ts'
import { ChoiceField } from '../../ui/ChoiceField.tsx'
import { words } from '../../ui/format.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import { channelOf } from '../words.ts'
import { COMPARISONS, type Facts, factTitle } from './rule-words.ts'
import { useIssue } from './use-issue.ts'

type Props = Readonly<{ test: Test; path: string; onChange: (to: Test | null) => void }>
const NO_FACTS: Facts = []

/** One condition: the fact, how it is compared, and with what. */
export function TestFields({ test, path, onChange }: Props): ReactNode {
  const facts = useRouting(state => state.inForce?.facts ?? NO_FACTS)
  const issue = useIssue(path)
  const title = factTitle(facts, test.fact)
  return (
    <div className={issue === null ? 'test-fields' : 'test-fields is-faulty'}>
      <select
        className="choice-field test-fields__fact"
        aria-label="What is tested"
        value={test.fact}
        onChange={event => {
          const fact = FACTS.find(known => known === event.currentTarget.value)
          if (fact !== undefined) onChange(newTest(fact))
        }}
      >
        {FACTS.map(fact => (
          <option key={fact} value={fact}>
            {factTitle(facts, fact)}
          </option>
        ))}
      </select>
      <Comparison test={test} title={title} facts={facts} onChange={onChange} />
      <button
        type="button"
        className="plain test-fields__drop"
        aria-label={`Remove the condition on ${title}`}
        onClick={() => onChange(null)}
      >
        <X size={12} aria-hidden />
      </button>
      {issue !== null && (
        <p className="test-fields__fault" role="alert">
          {issue}
        </p>
      )}
    </div>
  )
}

type ComparisonProps = Readonly<{ test: Test; title: string; facts: Facts; onChange: (to: Test) => void }>

function Comparison({ test, title, facts, onChange }: ComparisonProps): ReactNode {
  const { kind } = FACT_KINDS[test.fact]
  if (kind === 'flag')
    return (
      <select
        className="choice-field"
        aria-label={`${title}: yes or no`}
        value={String(test.value)}
        onChange={event => onChange({ ...test, op: '=', value: event.currentTarget.value === 'true' })}
      >
        <option value="true">yes</option>
        <option value="false">no</option>
      </select>
    )
  if (kind === 'number') return <Figure test={test} title={title} onChange={onChange} />
  const known = facts.find(({ fact }) => fact === test.fact)?.choices ?? FACT_KINDS[test.fact].choices
  const chosen = chosenOf(test)
  return (
    <fieldset className="plain-group test-fields__choices" aria-label={`${title}: any of`}>
      {[...new Set([...known, ...chosen])].map(choice => (
        <button
          key={choice}
          type="button"
          className={chosen.includes(choice) ? 'plain chip is-on' : 'plain chip'}
          aria-pressed={chosen.includes(choice)}
          onClick={() => onChange(toggleChoice(test, choice))}
        >
          {test.fact === 'next_action_channel'
            ? channelOf(choice).label
            : choice.includes('_')
              ? words(choice)
              : choice}
        </button>
      ))}
    </fieldset>
  )
}

function Figure({ test, title, onChange }: Omit<ComparisonProps, 'facts'>): ReactNode {
  const figure = typeof test.value === 'number' ? test.value : null
  return (
    <div className="test-fields__figure">
      <ChoiceField
        label={`${title}: comparison`}
        value={test.op}
        choices={COMPARISONS}
        onChange={op => onChange({ ...test, op })}
      />
      <NumberField
        label={`${title}: figure`}
        value={figure}
        step={test.fact === 'score' ? 0.1 : 1}
        onChange={value => onChange({ ...test, value })}
        onClear={() => undefined}
        onDone={() => undefined}
      />
    </div>
  )
}
