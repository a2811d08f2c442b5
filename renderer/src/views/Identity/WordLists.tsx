import { Button, TextInput } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { useIdentity } from '../../state/identity-overview.ts'
import { setWord } from '../../state/identity-rules.ts'
import { changeWords, loadWords, useWords, type WordList, type WordPage } from '../../state/identity-words.ts'
import { count, counted } from '../../ui/format.ts'
import { SearchField } from '../../ui/SearchField.tsx'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'

type Entry = WordPage['entries'][number]

const LISTS: Readonly<Record<WordList, Readonly<{ label: string; means: string; example: string }>>> = {
  placeholder: {
    label: 'Placeholders',
    means: 'Values that stand for nothing known. They speak neither for nor against anybody.',
    example: 'n.v.t.',
  },
  role_inbox: {
    label: 'Shared mailboxes',
    means: 'What stands before the @ of an address that is nobody’s own. Such an address identifies nobody.',
    example: 'frontdesk',
  },
  legal_form: {
    label: 'Legal forms',
    means: 'Cut from the end of a company’s name before names are compared.',
    example: 'pty ltd',
  },
  nickname: {
    label: 'Nicknames',
    means: 'Given names that one person may go by, as formal:short.',
    example: 'guillermo:memo',
  },
}
const STATES: Readonly<Record<Entry['state'], string>> = {
  shipped: '',
  added: 'added here',
  removed: 'taken away here',
}

/** The lists that values are read by, as this project has changed them. */
export function WordLists(): ReactNode {
  const { client } = useServices()
  const page = useWords(state => state.page)
  const hasFailed = useWords(state => state.hasFailed)
  const version = useIdentity(state => state.overview?.state)
  // biome-ignore lint/correctness/useExhaustiveDependencies: every answer, and every step back, may change them
  useEffect(() => perform(loadWords(client)), [client, version])
  if (hasFailed) return <Retry title="The words cannot be shown" again={() => loadWords(client)} />
  if (page === null) return <SkeletonRows rows={14} label="Words are being read" />
  return (
    <>
      <ListBar page={page} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must scroll by keyboard too */}
      <section className="rules__scroll" tabIndex={0} aria-label="Entries">
        <NewEntry />
        <Entries page={page} />
      </section>
    </>
  )
}

function ListBar({ page }: Readonly<{ page: WordPage }>): ReactNode {
  const { client } = useServices()
  const shown = useWords(state => state.list)
  const search = useWords(state => state.search)
  return (
    <div className="filter-bar queue-bar">
      {page.lists.map(({ list, added, removed }) => (
        <button
          key={list}
          type="button"
          className={list === shown ? 'chip is-on' : 'chip'}
          aria-pressed={list === shown}
          title={LISTS[list].means}
          onClick={() => perform(changeWords(client, { list, search: '' }))}
        >
          {LISTS[list].label}
          {added + removed > 0 && <span className="muted number"> {count(added + removed)}</span>}
        </button>
      ))}
      <div className="screen__spacer" />
      <SearchField
        label="Search the entries"
        search={search}
        onSearch={text => perform(changeWords(client, { search: text }))}
      />
    </div>
  )
}

function NewEntry(): ReactNode {
  const { client } = useServices()
  const list = useWords(state => state.list)
  const [text, setText] = useState('')
  return (
    <form
      className="blocked-values__new word-lists__new"
      onSubmit={event => {
        event.preventDefault()
        if (text.trim() === '') return
        const clear = (): void => setText(now => (now === text ? '' : now))
        perform(setWord(client, text.trim(), true).then(clear))
      }}
    >
      <TextInput
        size="xs"
        aria-label={`New entry of ${LISTS[list].label.toLowerCase()}`}
        placeholder={LISTS[list].example}
        value={text}
        onChange={event => setText(event.currentTarget.value)}
        spellCheck={false}
      />
      <Button type="submit" size="compact-sm" variant="default" disabled={text.trim() === ''}>
        Add
      </Button>
      <span className="muted clip" title={LISTS[list].means}>
        {LISTS[list].means}
      </span>
    </form>
  )
}

function Entries({ page }: Readonly<{ page: WordPage }>): ReactNode {
  const { entries, matching, reviewed } = page
  const list = useWords(state => state.list)
  if (entries.length === 0)
    return <p className="soft word-lists__note">No entry fits. What is missing can be added above.</p>
  return (
    <>
      <ul className="blocked-values" aria-label={LISTS[list].label}>
        {entries.map(entry => (
          <EntryLine key={entry.entry} entry={entry} />
        ))}
      </ul>
      <p className="muted word-lists__note">
        {entries.length < matching
          ? `${count(entries.length)} of ${counted(matching, 'entry', 'entries')} shown; search to see the others. `
          : `${counted(matching, 'entry', 'entries')}. `}
        The shipped list was reviewed on {reviewed}.
      </p>
    </>
  )
}

function EntryLine({ entry: { entry, state } }: Readonly<{ entry: Entry }>): ReactNode {
  const { client } = useServices()
  const list = useWords(state => state.list)
  // Words of a legal form are kept apart by it; elsewhere it is what somebody wrote.
  const shown = list === 'legal_form' ? entry.replaceAll('_', ' ') : entry
  const [isIn, label] = state === 'shipped' ? ([false, 'Take away'] as const) : ([null, 'As shipped'] as const)
  return (
    <li>
      <span className="clip" title={shown}>
        {state === 'removed' ? <del>{shown}</del> : shown}
      </span>
      <span className="muted">{STATES[state]}</span>
      <button
        type="button"
        className="plain text-button"
        aria-label={`${label}: ${shown}`}
        onClick={() => perform(setWord(client, entry, isIn))}
      >
        {label}
      </button>
    </li>
  )
}
