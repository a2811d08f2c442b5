import { Plus, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Test } from '#schema/policy'
import { newTest, replaceAt } from '../../state/routing-rules.ts'
import { channelOf } from '../words.ts'
import { TestFields } from './TestFields.tsx'

type BranchProps = Readonly<{
  title: string
  id: string
  options: readonly string[]
  tests: readonly Test[]
  path: string
  /** It cannot be without a condition. */
  isTestNeeded: boolean
  onId: (id: string) => void
  onTests: (tests: Test[], step: number) => void
  onDrop: () => void
}>

/** A destination or channel with the conditions under which it is used. */
export function Branch({
  title,
  id,
  options,
  tests,
  path,
  isTestNeeded,
  onId,
  onTests,
  onDrop,
}: BranchProps): ReactNode {
  const { label } = channelOf(id)
  return (
    <fieldset className="plain-group branch" aria-label={`${title} ${label}`}>
      <div className="branch__head">
        <span className="section-title">{title}</span>
        <DestinationField label={`${title}: channel`} value={id} options={options} onChange={onId} />
        <span className="muted">{tests.length === 0 ? 'always' : 'when all of'}</span>
        <button
          type="button"
          className="plain test-fields__drop"
          aria-label={`Remove ${title.toLowerCase()} ${label}`}
          onClick={onDrop}
        >
          <X size={12} aria-hidden />
        </button>
      </div>
      {tests.map((test, place) => (
        <TestFields
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no identity but their place
          key={place}
          test={test}
          path={`${path}.${place}`}
          onChange={to => {
            const next = replaceAt(tests, place, to)
            if (next.length === 0 && isTestNeeded) onDrop()
            else onTests(next, place)
          }}
        />
      ))}
      <AddButton onAdd={() => onTests([...tests, newTest('score')], tests.length)}>Add a condition</AddButton>
    </fieldset>
  )
}

type FieldProps = Readonly<{
  label: string
  value: string
  options: readonly string[]
  onChange: (id: string) => void
}>

export function DestinationField({ label, value, options, onChange }: FieldProps): ReactNode {
  return (
    <select
      className="choice-field"
      aria-label={label}
      value={value}
      onChange={event => onChange(event.currentTarget.value)}
    >
      {options.map(id => (
        <option key={id} value={id}>
          {channelOf(id).label}
        </option>
      ))}
    </select>
  )
}

export function AddButton({ onAdd, children }: Readonly<{ onAdd: () => void; children: ReactNode }>): ReactNode {
  return (
    <button type="button" className="plain text-button with-mark branch__add" onClick={onAdd}>
      <Plus size={12} aria-hidden />
      {children}
    </button>
  )
}
