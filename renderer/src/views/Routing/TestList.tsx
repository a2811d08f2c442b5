import { Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Test } from '#schema/policy'
import { editPolicy } from '../../state/routing-draft.ts'
import { changeRule, newTest, replaceAt } from '../../state/routing-rules.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { TestFields } from './TestFields.tsx'

type Props = Readonly<{ ruleId: string; part: 'all' | 'any'; tests: readonly Test[]; path: string }>

const SAYS = {
  all: { title: 'Holds when all of these hold', none: 'No condition that must hold.', add: 'Add a condition' },
  any: { title: 'and at least one of these', none: '', add: 'Add an alternative' },
} as const

/** The conditions of a rule, one a line. */
export function TestList({ ruleId, part, tests, path }: Props): ReactNode {
  const { client } = useServices()
  const { title, none, add } = SAYS[part]
  const change = (next: Test[], field: string | null): void =>
    perform(editPolicy(client, policy => changeRule(policy, ruleId, { [part]: next }), field))
  return (
    <fieldset className="plain-group test-list" aria-label={title}>
      {(part === 'all' || tests.length > 0) && <h3 className="section-title">{title}</h3>}
      {tests.length === 0 && none !== '' && <p className="muted">{none}</p>}
      {tests.map((test, place) => (
        <TestFields
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no identity but their place
          key={place}
          test={test}
          path={`${path}.${place}`}
          onChange={to => change(replaceAt(tests, place, to), to === null ? null : `${ruleId} ${part} ${place}`)}
        />
      ))}
      <button
        type="button"
        className="plain text-button with-mark"
        onClick={() => change([...tests, newTest('score')], null)}
      >
        <Plus size={12} aria-hidden />
        {add}
      </button>
    </fieldset>
  )
}
