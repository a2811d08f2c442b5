import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { normaliseName } from '#lib/text'
import { edit, entriesOf, type NameList, type Preview, useTaxonomy } from '../../state/taxonomy.ts'
import { takesName, unmapNames } from '../../state/taxonomy-entries.ts'
import { kindAt, setView } from '../../state/taxonomy-view.ts'
import { SidePanel } from '../../ui/SidePanel.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { KindMark } from './KindMark.tsx'
import { Likenesses } from './Likenesses.tsx'
import { NameFacts } from './NameFacts.tsx'
import { PanelHead } from './PanelHead.tsx'

type Props = Readonly<{ name: string }>

/** One event name: how often, where, and why it has the kind that it has. */
export function NamePanel({ name }: Props): ReactNode {
  const list = useTaxonomy(state => state.list)
  const preview = useTaxonomy(state => state.preview)
  const place = list?.names.indexOf(name) ?? -1
  if (list === null || preview === null || place < 0) return null
  return (
    <SidePanel label="Event name">
      <PanelHead title={name}>
        <Verdict name={name} kind={kindAt(preview, place)} />
      </PanelHead>
      <div className="taxonomy-panel__body">
        <Actions name={name} kind={kindAt(preview, place)} />
        <Likenesses name={name} />
        <NameFacts list={list} place={place} />
        <Why name={name} list={list} preview={preview} place={place} />
      </div>
    </SidePanel>
  )
}

function Verdict({ name, kind }: Readonly<{ name: string; kind: string }>): ReactNode {
  const category = useTaxonomy(state => entriesOf(state).find(entry => entry.kind === kind)?.category ?? 'other')
  const normal = normaliseName(name)
  return (
    <p className="taxonomy-panel__verdict">
      {kind === '' ? <span className="no-kind">No kind</span> : <KindMark kind={kind} category={category} />}
      {normal !== name && normal !== '' && <span className="muted clip">compared as {normal}</span>}
    </p>
  )
}

function Actions({ name, kind }: Readonly<{ name: string; kind: string }>): ReactNode {
  const { client } = useServices()
  const entry = useTaxonomy(state => entriesOf(state).find(one => one.kind === kind) ?? null)
  const normal = normaliseName(name)
  const isSynonym = entry?.match.includes(normal) === true && normaliseName(entry.kind) !== normal
  return (
    <div className="taxonomy-panel__actions">
      <Button variant={kind === '' ? 'filled' : 'default'} onClick={() => setView({ dialog: 'map' })}>
        {kind === '' ? 'Map to a kind' : 'Map to another kind'} <kbd className="key key--button">M</kbd>
      </Button>
      <Button variant="default" onClick={() => setView({ dialog: 'new' })}>
        New kind <kbd className="key key--button">N</kbd>
      </Button>
      {isSynonym && (
        <Button
          variant="subtle"
          color="gray"
          onClick={() => perform(edit(client, entries => unmapNames(entries, [name])))}
        >
          Take out
        </Button>
      )}
      {entry !== null && (
        <Button
          variant="subtle"
          color="gray"
          onClick={() => setView({ tab: 'kinds', panel: { of: 'kind', key: entry.kind } })}
        >
          Show the kind
        </Button>
      )}
    </div>
  )
}

type WhyProps = Readonly<{ name: string; list: NameList; preview: Preview; place: number }>
const MOST_ALIKE = 8

/** Which pattern takes the name, who else would, and how else it is written. */
function Why({ name, list, preview, place }: WhyProps): ReactNode {
  const entries = useTaxonomy(entriesOf)
  const kind = kindAt(preview, place)
  const normal = normaliseName(name)
  const takes = (entry: (typeof entries)[number]): boolean =>
    normaliseName(entry.kind) === normal || entry.match.some(pattern => takesName(pattern, name))
  const by = entries.find(entry => entry.kind === kind)
  const pattern = by?.match.find(one => takesName(one, name))
  const others = entries.filter(entry => entry.kind !== kind && normal !== '' && takes(entry))
  const alike = normal === '' ? [] : list.names.filter(other => other !== name && normaliseName(other) === normal)
  return (
    <section>
      {kind !== '' && (
        <p className="taxonomy-panel__line">
          {pattern === undefined ? (
            'Taken by the name of the kind.'
          ) : (
            <>
              Taken by the pattern <code>{pattern}</code>.
            </>
          )}
        </p>
      )}
      {others.length > 0 && (
        <p className="taxonomy-panel__line">
          {others.map(entry => entry.kind).join(', ')} would take it too; {kind} comes first.
        </p>
      )}
      {alike.length > 0 && (
        <p className="taxonomy-panel__line">
          <span className="muted">Also written</span> {alike.slice(0, MOST_ALIKE).join(', ')}
        </p>
      )}
    </section>
  )
}
