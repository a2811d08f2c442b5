import { Select, Switch } from '@mantine/core'
import type { ReactNode } from 'react'
import { edit } from '../../state/taxonomy.ts'
import { changeEntry, type Entry } from '../../state/taxonomy-entries.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { CATEGORIES, categoryOf } from './category-words.ts'

/** What an entry says of its kind beside its patterns. */
export function KindSettings({ entry }: Readonly<{ entry: Entry }>): ReactNode {
  const { client } = useServices()
  const { kind, category, highIntent, highIntentByAdmin } = entry
  const known = CATEGORIES.map(({ id, label }) => ({ value: id, label }))
  const data = known.some(({ value }) => value === category) ? known : [...known, { value: category, label: category }]
  const change = (to: Parameters<typeof changeEntry>[2]): void =>
    perform(edit(client, entries => changeEntry(entries, kind, to)))
  return (
    <section className="kind-settings">
      <Select
        label="Category"
        description={categoryOf(category).means}
        data={data}
        value={category}
        allowDeselect={false}
        onChange={value => change({ category: value ?? category })}
      />
      <div className="kind-settings__intent">
        <Switch
          size="xs"
          label="High intent"
          checked={highIntent}
          onChange={event => change({ highIntent: event.currentTarget.checked })}
        />
        <Switch
          size="xs"
          label="High intent by an admin"
          checked={highIntentByAdmin === true}
          disabled={highIntent}
          onChange={event => change({ highIntentByAdmin: event.currentTarget.checked })}
        />
      </div>
    </section>
  )
}
