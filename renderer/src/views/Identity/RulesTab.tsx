import { Button, NumberInput, SegmentedControl } from '@mantine/core'
import { RotateCcw } from 'lucide-react'
import { Fragment, type ReactNode, useEffect, useMemo, useState } from 'react'
import { useIdentity } from '../../state/identity-overview.ts'
import { considerRules, loadRules, suggestRules } from '../../state/identity-rules.ts'
import { dropDraft, editRule, type Rule, useRules } from '../../state/identity-rules-store.ts'
import { bits, counted, exact, words } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { WordLists } from './WordLists.tsx'

const UNITS: Readonly<Record<Rule['unit'], readonly [label: string, means: string]>> = {
  precision: ['precision', 'Of all pairs that share it, the share that is one: 0.5 to 0.9999'],
  m: ['share of true pairs', 'Of all pairs that are one, the share that agrees so'],
  bits: ['bits', 'Evidence in bits, added as it is'],
}

const PARTS = [
  { value: 'weights', label: 'Weights' },
  { value: 'words', label: 'Words' },
] as const

/** What is counted, and what values are read by. */
export function RulesTab(): ReactNode {
  const [part, setPart] = useState<(typeof PARTS)[number]['value']>('weights')
  return (
    <div className="rules">
      <div className="rules__parts">
        <SegmentedControl
          aria-label="Rules"
          size="xs"
          value={part}
          onChange={value => setPart(value === 'words' ? 'words' : 'weights')}
          data={[...PARTS]}
        />
      </div>
      {part === 'weights' ? <Weights /> : <WordLists />}
    </div>
  )
}

/** Every weight with the reason for it; changes are shown as a list before they are put into force. */
function Weights(): ReactNode {
  const { client } = useServices()
  const status = useRules(state => state.status)
  const version = useIdentity(state => state.overview?.state)
  // biome-ignore lint/correctness/useExhaustiveDependencies: every answer, and every step back, may change them
  useEffect(() => perform(loadRules(client)), [client, version])
  if (status === 'failed') return <Retry title="The rules cannot be shown" again={() => loadRules(client)} />
  if (status !== 'ready') return <SkeletonRows rows={14} label="Rules are being read" />
  return (
    <>
      <Bar />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must scroll by keyboard too */}
      <section className="rules__scroll" tabIndex={0} aria-label="Rules">
        <RuleTable />
      </section>
    </>
  )
}

function Bar(): ReactNode {
  const { client } = useServices()
  const rules = useRules(state => state.rules.length)
  const draft = useRules(state => state.draft)
  const changed = Object.keys(draft.weights).length
  const suggested = useRules(state => state.suggested)
  return (
    <div className="rules__bar">
      <span className="muted">
        {counted(rules, 'rule')}; {changed === 0 ? 'as in force' : `${counted(changed, 'change')} not in force yet`}
        {suggested !== null &&
          (suggested === 0
            ? '. The data suggest no other weight'
            : `, ${counted(suggested, 'weight')} suggested by the data`)}
      </span>
      <div className="screen__spacer" />
      <Button
        variant="default"
        title="Estimates weights from the pairs of this project; they are put into the draft, nothing is changed by it"
        onClick={() => perform(suggestRules(client))}
      >
        Suggest from the data
      </Button>
      {changed > 0 && (
        <Button variant="default" onClick={dropDraft}>
          Drop the changes
        </Button>
      )}
      <Button disabled={changed === 0} onClick={() => perform(considerRules(client, draft))}>
        Review and apply
      </Button>
    </div>
  )
}

function RuleTable(): ReactNode {
  const rules = useRules(state => state.rules)
  const groups = useMemo(() => [...Map.groupBy(rules, rule => rule.comparison)], [rules])
  return (
    <table className="weights-table" aria-label="Weights">
      <thead>
        <tr>
          <th scope="col">Level</th>
          <th scope="col">Weight</th>
          <th scope="col" className="number">
            Worth
          </th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        {groups.map(([comparison, own]) => (
          <Fragment key={comparison}>
            <tr className="weights-table__group">
              <th scope="rowgroup" colSpan={4}>
                {words(comparison)}
              </th>
            </tr>
            {own.map(rule => (
              <RuleLine key={rule.id} rule={rule} />
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  )
}

function RuleLine({ rule }: Readonly<{ rule: Rule }>): ReactNode {
  const drafted = useRules(state => state.draft.weights[rule.id])
  const value = drafted ?? rule.value
  const [unit, means] = UNITS[rule.unit]
  return (
    <tr className={drafted === undefined ? undefined : 'is-changed'}>
      <th scope="row">
        {rule.level}
        {drafted !== undefined && <span className="weights-table__was"> was {exact(rule.value)}</span>}
      </th>
      <td>
        <span className="weights-table__weight">
          <NumberInput
            size="xs"
            className="weights-table__input"
            aria-label={`${words(rule.comparison)}, ${rule.level}: ${unit}`}
            hideControls
            {...RANGES[rule.unit]}
            decimalScale={4}
            value={value}
            onValueChange={({ floatValue }) => {
              if (floatValue !== undefined && isFit(rule, floatValue)) editRule(rule.id, floatValue)
            }}
          />
          <span className="muted" title={means}>
            {unit}
          </span>
          {value !== rule.byDefault && (
            <button
              type="button"
              className="plain weights-table__default"
              title={`Back to the default, ${exact(rule.byDefault)}`}
              aria-label={`Back to the default, ${exact(rule.byDefault)}`}
              onClick={() => editRule(rule.id, rule.byDefault)}
            >
              <RotateCcw size={14} strokeWidth={1.75} aria-hidden />
            </button>
          )}
        </span>
      </td>
      <td className="number soft">{worthOf(rule, value)}</td>
      <td className="soft weights-table__why">{rule.because}</td>
    </tr>
  )
}

const RANGES = {
  precision: { min: 0.5, max: 0.9999, step: 0.001 },
  m: { min: 0.0001, max: 0.9999, step: 0.01 },
  bits: { min: -40, max: 40, step: 0.25 },
} as const

function isFit({ unit }: Rule, value: number): boolean {
  const { min, max } = RANGES[unit]
  return value >= min && value <= max
}

/** What a precision is worth; how much a share of true pairs is worth depends on how rare the value is. */
function worthOf({ unit }: Rule, value: number): string {
  if (unit === 'm') return 'by rarity'
  return `${bits(unit === 'bits' ? value : Math.log2(value / (1 - value)))} bits`
}
