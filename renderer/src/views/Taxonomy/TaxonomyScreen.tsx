import { Tabs } from '@mantine/core'
import { Tags } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { useProject } from '../../state/project.ts'
import { loadTaxonomy, useTaxonomy } from '../../state/taxonomy.ts'
import { setView, TAXONOMY_TABS, type TaxonomyTab, useTaxonomyView } from '../../state/taxonomy-view.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { count, date } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { CurrentJob } from '../Import/ReadingFiles.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { CoverageStrip } from './CoverageStrip.tsx'
import { DraftActions } from './DraftActions.tsx'
import { KindPanel } from './KindPanel.tsx'
import { KindsTab } from './KindsTab.tsx'
import { MapDialog } from './MapDialog.tsx'
import { NamePanel } from './NamePanel.tsx'
import { NamesTab } from './NamesTab.tsx'
import { NewKindDialog } from './NewKindDialog.tsx'
import { NoNames } from './NoNames.tsx'
import { ReviewDialog } from './ReviewDialog.tsx'
import { SuggestionsTab } from './SuggestionsTab.tsx'
import { useTaxonomyKeys } from './taxonomy-keys.ts'

/** What the product calls things, and what the score takes them for. */
export function TaxonomyScreen(): ReactNode {
  const { client } = useServices()
  const status = useTaxonomy(state => state.status)
  const events = useProject(state => state.summary?.events ?? 0)
  const project = useProject(state => state.summary?.project.name)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another project, or other events, have other names
  useEffect(() => {
    if (events > 0) perform(loadTaxonomy(client, events))
  }, [client, project, events])
  if (events === 0) return <NoNames />
  return (
    <div className="taxonomy">
      <Head isReady={status === 'ready'} />
      {status === 'ready' ? (
        <Content />
      ) : status === 'failed' ? (
        <Retry title="The event names cannot be shown" again={() => loadTaxonomy(client)} />
      ) : (
        <>
          <CurrentJob />
          <SkeletonRows rows={14} label="Event names are being counted" />
        </>
      )}
    </div>
  )
}

function Head({ isReady }: Readonly<{ isReady: boolean }>): ReactNode {
  const model = useTaxonomy(state => state.inForce?.modelName ?? '')
  const hash = useTaxonomy(state => state.inForce?.hash ?? '')
  const asOf = useTaxonomy(state => state.list?.asOf ?? null)
  return (
    <div className="screen__head">
      <h1 className="screen__title">Taxonomy</h1>
      {isReady && (
        <span className="muted clip" title={`Model ${model}, hash ${hash}`}>
          as of {date(asOf)} · model {model}
        </span>
      )}
      <div className="screen__spacer" />
      {isReady && <DraftActions />}
    </div>
  )
}

const PARTS: Readonly<Record<TaxonomyTab, () => ReactNode>> = {
  names: NamesTab,
  kinds: KindsTab,
  suggestions: SuggestionsTab,
}

function Content(): ReactNode {
  const tab = useTaxonomyView(state => state.tab)
  const dialog = useTaxonomyView(state => state.dialog)
  const hasNames = useTaxonomy(state => (state.list?.names.length ?? 0) > 0)
  const Part = PARTS[tab]
  useTaxonomyKeys()
  if (!hasNames) return <EmptyState icon={<Tags size={24} strokeWidth={1.5} />} title="No event has a name" />
  return (
    <>
      <CoverageStrip />
      <div className="taxonomy__lists">
        <Tabs
          value={tab}
          onChange={value => setView({ tab: TAXONOMY_TABS.find(known => known === value) ?? 'names', panel: null })}
          className="taxonomy__tabs"
        >
          <TabList />
          <Tabs.Panel value={tab} className="taxonomy__part">
            <Part />
          </Tabs.Panel>
        </Tabs>
        <Panel />
      </div>
      {dialog === 'map' && <MapDialog />}
      {dialog === 'new' && <NewKindDialog />}
      {(dialog === 'review' || dialog === 'revert') && <ReviewDialog isRevert={dialog === 'revert'} />}
    </>
  )
}

function TabList(): ReactNode {
  const names = useTaxonomy(state => (state.list?.names.length ?? 0) + (state.list?.unlisted.names ?? 0))
  const kinds = useTaxonomy(state => (state.draft ?? state.inForce?.entries ?? []).length)
  const found = useTaxonomy(
    state => state.suggestions?.filter(({ name }) => !state.dismissed.includes(name)).length ?? 0,
  )
  return (
    <Tabs.List aria-label="Parts of the taxonomy">
      <Tabs.Tab value="names">
        Names <span className="tab-count">{count(names)}</span>
      </Tabs.Tab>
      <Tabs.Tab value="kinds">
        Kinds <span className="tab-count">{count(kinds)}</span>
      </Tabs.Tab>
      <Tabs.Tab value="suggestions">
        Suggestions <span className="tab-count">{count(found)}</span>
      </Tabs.Tab>
    </Tabs.List>
  )
}

function Panel(): ReactNode {
  const panel = useTaxonomyView(state => state.panel)
  if (panel === null) return null
  return panel.of === 'name' ? <NamePanel name={panel.key} /> : <KindPanel kind={panel.key} />
}
