import { Select, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import type { HeldReading } from '#schema/held'
import { changeFix, useHeldFix } from '../../state/held-fix.ts'
import type { HeldGroup } from '../../state/held-group.ts'
import { count } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { READING_LABELS } from './held-text.ts'

/** What a fix needs to know beside its kind. */
export function HeldFixFields({ group }: Readonly<{ group: HeldGroup }>): ReactNode {
  const { client } = useServices()
  const kind = useHeldFix(state => state.kind)
  const as = useHeldFix(state => state.as)
  const pattern = useHeldFix(state => state.pattern)
  if (kind === 'read')
    return (
      <Select
        className="fix-bar__reading"
        aria-label="How the values are read"
        data={group.readings.map(value => ({ value, label: READING_LABELS[value] }))}
        value={as}
        allowDeselect={false}
        checkIconPosition="right"
        onChange={value => {
          if (value !== null) perform(changeFix(client, group, { as: value as HeldReading }))
        }}
      />
    )
  if (kind === 'pattern')
    return (
      <TextInput
        className="fix-bar__text"
        aria-label="Pattern of the dates"
        placeholder="DD.MM.YY HH:mm"
        value={pattern}
        onChange={event => perform(changeFix(client, group, { pattern: event.currentTarget.value }))}
      />
    )
  if (kind === 'replace') return <ReplaceFields group={group} />
  return kind === 'set' ? <ToField group={group} label={`What ${group.column} says in every row`} /> : null
}

function ReplaceFields({ group }: Readonly<{ group: HeldGroup }>): ReactNode {
  const { client } = useServices()
  const value = useHeldFix(state => state.value)
  const values = useHeldFix(state => state.values)
  const listed = values?.values ?? []
  return (
    <>
      <Select
        className="fix-bar__value"
        aria-label="Value to be replaced"
        data={listed.map(each => ({
          value: each.value,
          label: `${each.value === '' ? 'empty' : each.value} (${count(each.count)})`,
        }))}
        value={value}
        searchable={listed.length > 8}
        allowDeselect={false}
        checkIconPosition="right"
        nothingFoundMessage="Not among the most frequent values"
        onChange={next => {
          if (next !== null) perform(changeFix(client, group, { value: next }))
        }}
      />
      <span className="soft">by</span>
      <ToField group={group} label="New value" />
      {values !== null && values.distinct > listed.length && (
        <span className="muted nowrap">{count(values.distinct - listed.length)} rarer values not listed</span>
      )}
    </>
  )
}

function ToField({ group, label }: Readonly<{ group: HeldGroup; label: string }>): ReactNode {
  const { client } = useServices()
  const to = useHeldFix(state => state.to)
  return (
    <TextInput
      className="fix-bar__text"
      aria-label={label}
      placeholder="New value"
      value={to}
      onChange={event => perform(changeFix(client, group, { to: event.currentTarget.value }))}
    />
  )
}
