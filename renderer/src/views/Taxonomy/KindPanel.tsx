import { Button } from '@mantine/core'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { edit, entriesOf, type NameList, type Preview, useTaxonomy } from '../../state/taxonomy.ts'
import { dropKind, dropPattern, type Entry, takesName } from '../../state/taxonomy-entries.ts'
import { kindAt, setView } from '../../state/taxonomy-view.ts'
import { count, counted, points } from '../../ui/format.ts'
import { SidePanel } from '../../ui/SidePanel.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { categoryOf } from './category-words.ts'
import { KindMark } from './KindMark.tsx'
import { KindSettings } from './KindSettings.tsx'
import { earningOf } from './kind-options.ts'
import { PanelHead } from './PanelHead.tsx'
import { PatternEditor } from './PatternEditor.tsx'

type Props = Readonly<{ kind: string }>

/** One kind: what it is worth, which patterns it has, and which names they take. */
export function KindPanel({ kind }: Props): ReactNode {
  const entry = useTaxonomy(state => entriesOf(state).find(one => one.kind === kind) ?? null)
  const list = useTaxonomy(state => state.list)
  const preview = useTaxonomy(state => state.preview)
  if (entry === null || list === null || preview === null) return null
  return (
    <SidePanel label="Kind">
      <PanelHead title={entry.kind}>
        <Worth entry={entry} />
      </PanelHead>
      <div className="taxonomy-panel__body">
        <KindSettings entry={entry} />
        <Patterns entry={entry} list={list} preview={preview} />
        <Collisions entry={entry} preview={preview} />
        <Taken entry={entry} list={list} preview={preview} />
      </div>
    </SidePanel>
  )
}

function Worth({ entry }: Readonly<{ entry: Entry }>): ReactNode {
  const earning = useTaxonomy(state => earningOf(state.inForce?.signals ?? [], entry.kind))
  return (
    <p className="taxonomy-panel__verdict">
      <KindMark kind={categoryOf(entry.category).label} category={entry.category} />
      <span className="muted">
        {earning === 0
          ? 'No signal of the model names it: its events earn no points.'
          : `${points(earning)} points an occurrence, by its signal.`}
      </span>
    </p>
  )
}

type PartProps = Readonly<{ entry: Entry; list: NameList; preview: Preview }>

function Patterns({ entry, list, preview }: PartProps): ReactNode {
  const { client } = useServices()
  const { kind, match } = entry
  const own = list.names.flatMap((name, place) => (kindAt(preview, place) === kind ? [{ name, place }] : []))
  return (
    <section aria-label="Patterns">
      <h3 className="section-title">Takes</h3>
      <ul className="patterns">
        {match.map(pattern => {
          const taken = own.filter(({ name }) => takesName(pattern, name))
          const events = taken.reduce((total, { place }) => total + (list.columns.events[place] ?? 0), 0)
          return (
            <li key={pattern} className={taken.length === 0 ? 'patterns__line is-idle' : 'patterns__line'}>
              <code className="clip">{pattern}</code>
              <span className="muted number">{taken.length === 0 ? 'no name' : counted(taken.length, 'name')}</span>
              <span className="number">{count(events)}</span>
              <button
                type="button"
                className="plain patterns__drop"
                aria-label={`Remove ${pattern}`}
                onClick={() => perform(edit(client, entries => dropPattern(entries, kind, pattern)))}
              >
                <X size={12} aria-hidden />
              </button>
            </li>
          )
        })}
      </ul>
      <PatternEditor key={kind} kind={kind} />
    </section>
  )
}

function Collisions({ entry, preview }: Readonly<{ entry: Entry; preview: Preview }>): ReactNode {
  const entries = useTaxonomy(entriesOf)
  const place = entries.findIndex(({ kind }) => kind === entry.kind)
  const lost = preview.entries[place]?.lostTo ?? []
  if (lost.length === 0) return null
  return (
    <section aria-label="Collisions">
      <h3 className="section-title">An earlier kind comes first</h3>
      <ul>
        {lost.map(({ entry: winner, names, events, example }) => (
          <li key={winner} className="taxonomy-panel__line">
            {counted(names, 'name')} with {counted(events, 'event')}, such as {example}, {names === 1 ? 'goes' : 'go'}{' '}
            to {entries[winner]?.kind}.
          </li>
        ))}
      </ul>
    </section>
  )
}

const MOST_TAKEN = 30

function Taken({ entry, list, preview }: PartProps): ReactNode {
  const { client } = useServices()
  const places = list.names.flatMap((_, place) => (kindAt(preview, place) === entry.kind ? [place] : []))
  return (
    <section aria-label="Names">
      <h3 className="section-title">
        Names <span className="muted">{count(places.length)}</span>
      </h3>
      {places.length === 0 && <p className="muted">No name of this project is of this kind.</p>}
      <ul>
        {places.slice(0, MOST_TAKEN).map(place => (
          <li key={place} className="reach__line">
            <button
              type="button"
              className="plain link-button clip"
              onClick={() => setView({ tab: 'names', panel: { of: 'name', key: list.names[place] ?? '' } })}
            >
              {list.names[place]}
            </button>
            <span className="number muted">{count(list.columns.events[place] ?? 0)}</span>
          </li>
        ))}
      </ul>
      <Button
        className="kind-remove"
        size="compact-sm"
        variant="subtle"
        color="red"
        onClick={() => {
          setView({ panel: null })
          perform(edit(client, entries => dropKind(entries, entry.kind)))
        }}
      >
        Remove the kind
      </Button>
    </section>
  )
}
