import { Button, TextInput } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { edit, entriesOf, useTaxonomy } from '../../state/taxonomy.ts'
import { addPattern } from '../../state/taxonomy-entries.ts'
import { askReach, forgetReach } from '../../state/taxonomy-reach.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { ReachList } from './ReachList.tsx'

/** A new pattern for a kind; what it would take stands below while it is typed. */
export function PatternEditor({ kind }: Readonly<{ kind: string }>): ReactNode {
  const { client } = useServices()
  const entries = useTaxonomy(entriesOf)
  const [typed, setTyped] = useState('')
  useEffect(() => {
    perform(askReach(client, { entries, kind, pattern: typed }))
    return forgetReach
  }, [client, entries, kind, typed])
  return (
    <form
      className="pattern-editor"
      onSubmit={event => {
        event.preventDefault()
        perform(edit(client, before => addPattern(before, kind, typed)))
        setTyped('')
      }}
    >
      <div className="pattern-editor__line">
        <TextInput
          className="pattern-field"
          aria-label="New pattern"
          placeholder="Add a name or a pattern: viewed_pricing*"
          value={typed}
          onChange={event => setTyped(event.currentTarget.value)}
          onKeyDown={event => {
            if (event.key !== 'Escape' || typed === '') return
            event.stopPropagation()
            setTyped('')
          }}
        />
        <Button type="submit" variant="default" disabled={typed.trim() === ''}>
          Add
        </Button>
      </div>
      <ReachList />
    </form>
  )
}
