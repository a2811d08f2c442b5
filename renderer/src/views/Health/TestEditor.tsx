import { NumberInput, Select } from '@mantine/core'
import type { ReactNode } from 'react'
import type { SingleTest } from '#schema/milestone'
import { useActivation } from '../../state/activation.ts'
import { words } from '../../ui/format.ts'
import { ROLLUP_GROUPS } from '../rollup-words.ts'

type Props = Readonly<{ test: SingleTest; label: string; onChange: (test: SingleTest) => void }>
type Form = 'kindSeen' | 'activePersons' | 'rollup' | 'role'

const FORMS: readonly Readonly<{ value: Form; label: string }>[] = [
  { value: 'kindSeen', label: 'an event was seen' },
  { value: 'activePersons', label: 'people were active' },
  { value: 'rollup', label: 'a figure is reached' },
  { value: 'role', label: 'a role is present' },
]
const ROLES = [
  { value: 'admin', label: 'an admin' },
  { value: 'admin_or_manager', label: 'an admin or a manager' },
]
/** Rollups that are figures and need no activation themselves. */
const FIGURES = ROLLUP_GROUPS.filter(({ title }) => title !== 'Activation').map(({ title, rollups }) => ({
  group: title,
  items: rollups.filter(({ unit }) => unit !== 'instant').map(({ id, label }) => ({ value: id, label })),
}))

/** One test of a milestone: what kind of fact, and which. */
export function TestEditor({ test, label, onChange }: Props): ReactNode {
  const form = formOf(test)
  const kinds = useActivation(state => state.kinds)
  return (
    <span className="test-editor">
      <Select
        aria-label={label}
        className="test-editor__form"
        data={FORMS}
        value={form}
        allowDeselect={false}
        onChange={value => {
          const next = FORMS.find(known => known.value === value)?.value
          if (next !== undefined && next !== form) onChange(blank(next, kinds))
        }}
      />
      {'kindSeen' in test && (
        <Select
          aria-label={`${label}, kind`}
          className="test-editor__what"
          searchable
          data={kinds.map(kind => ({ value: kind, label: words(kind) }))}
          value={test.kindSeen}
          allowDeselect={false}
          onChange={kind => kind !== null && onChange({ kindSeen: kind })}
        />
      )}
      {'activePersons' in test && (
        <Figure
          label={`${label}, people`}
          value={test.activePersons}
          suffix=" or more"
          onChange={activePersons => onChange({ activePersons: Math.max(1, Math.round(activePersons)) })}
        />
      )}
      {'rollup' in test && <RollupTest test={test} label={label} onChange={onChange} />}
      {'role' in test && (
        <Select
          aria-label={`${label}, role`}
          className="test-editor__what"
          data={ROLES}
          value={test.role}
          allowDeselect={false}
          onChange={value => onChange({ role: value === 'admin' ? 'admin' : 'admin_or_manager' })}
        />
      )}
    </span>
  )
}

type RollupProps = Readonly<{
  test: Extract<SingleTest, { rollup: string }>
  label: string
  onChange: (test: SingleTest) => void
}>

function RollupTest({ test, label, onChange }: RollupProps): ReactNode {
  return (
    <>
      <Select
        aria-label={`${label}, figure`}
        className="test-editor__what"
        searchable
        data={FIGURES}
        value={test.rollup}
        allowDeselect={false}
        onChange={rollup => rollup !== null && onChange({ ...test, rollup })}
      />
      <Figure
        label={`${label}, at least`}
        value={test.atLeast}
        suffix=" or more"
        onChange={atLeast => onChange({ ...test, atLeast })}
      />
    </>
  )
}

type FigureProps = Readonly<{ label: string; value: number; suffix: string; onChange: (value: number) => void }>

function Figure({ label, value, suffix, onChange }: FigureProps): ReactNode {
  return (
    <NumberInput
      aria-label={label}
      className="test-editor__figure"
      size="xs"
      min={0}
      suffix={suffix}
      value={value}
      onChange={next => {
        if (typeof next === 'number' && Number.isFinite(next)) onChange(next)
      }}
    />
  )
}

function formOf(test: SingleTest): Form {
  if ('kindSeen' in test) return 'kindSeen'
  if ('activePersons' in test) return 'activePersons'
  return 'rollup' in test ? 'rollup' : 'role'
}

function blank(form: Form, kinds: readonly string[]): SingleTest {
  if (form === 'kindSeen')
    return { kindSeen: kinds.includes('key_action_completed') ? 'key_action_completed' : (kinds[0] ?? 'login') }
  if (form === 'activePersons') return { activePersons: 2 }
  return form === 'rollup' ? { rollup: 'integrations_connected', atLeast: 1 } : { role: 'admin_or_manager' }
}
