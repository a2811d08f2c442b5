import { Tabs } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { closeUnit } from '../../state/navigation.ts'
import { useProject } from '../../state/project.ts'
import { listLevel } from '../../state/score-level.ts'
import { loadUnit, showTab, UNIT_TABS, type UnitDetail, type UnitTab, useScoreUnit } from '../../state/score-unit.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { isTyping } from '../../ui/keys.ts'
import { SidePanel } from '../../ui/SidePanel.tsx'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { FactsTab } from './FactsTab.tsx'
import { HistoryTab } from './HistoryTab.tsx'
import { LedgerTab } from './LedgerTab.tsx'
import { PeopleTab } from './PeopleTab.tsx'
import { RoutingTab } from './RoutingTab.tsx'
import { TimelineTab } from './TimelineTab.tsx'
import { PanelClose, UnitHead } from './UnitHead.tsx'
import { WhyTab } from './WhyTab.tsx'

const LABELS: Readonly<Record<UnitTab, string>> = {
  why: 'Why',
  history: 'History',
  ledger: 'Ledger',
  people: 'People',
  timeline: 'Timeline',
  facts: 'Facts',
  routing: 'Routing',
}
const PARTS: Readonly<Record<UnitTab, (props: Readonly<{ unit: UnitDetail }>) => ReactNode>> = {
  why: WhyTab,
  history: HistoryTab,
  ledger: LedgerTab,
  people: PeopleTab,
  timeline: TimelineTab,
  facts: FactsTab,
  routing: RoutingTab,
}

const PANEL_WORDS = {
  workspace: { title: 'Workspace', one: 'workspace' },
  account: { title: 'Account', one: 'account' },
}

type Props = Readonly<{ unitId: string }>

/** One workspace or account in full, beside the list. */
export function UnitPanel({ unitId }: Props): ReactNode {
  const { client } = useServices()
  const runId = useProject(state => state.summary?.scoreRun?.runId ?? null)
  const unit = useScoreUnit(state => state.detail)
  const status = useScoreUnit(state => state.status)
  const message = useScoreUnit(state => state.message)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new run means other figures for the same workspace
  useEffect(() => perform(loadUnit(client, unitId)), [client, unitId, runId])
  useEffect(() => {
    window.addEventListener('keydown', onPanelKey)
    return () => window.removeEventListener('keydown', onPanelKey)
  }, [])
  const { title, one } = PANEL_WORDS[listLevel()]
  return (
    <SidePanel label={title}>
      {status === 'failed' ? (
        <>
          <PanelClose />
          <EmptyState title={`This ${one} cannot be shown`}>{message}</EmptyState>
        </>
      ) : unit === null ? (
        <>
          <PanelClose />
          <SkeletonRows rows={10} label={`The ${one} is being read`} />
        </>
      ) : (
        <Content unit={unit} isOld={unit.row.unitId !== unitId} />
      )}
    </SidePanel>
  )
}

function Content({ unit, isOld }: Readonly<{ unit: UnitDetail; isOld: boolean }>): ReactNode {
  const tab = useScoreUnit(state => state.tab)
  const Part = PARTS[tab]
  return (
    <Tabs
      value={tab}
      onChange={value => showTab(UNIT_TABS.find(known => known === value) ?? 'why')}
      className="unit"
      aria-busy={isOld}
    >
      <UnitHead unit={unit} />
      <Tabs.List aria-label="Parts">
        {UNIT_TABS.map(id => (
          <Tabs.Tab key={id} value={id}>
            {LABELS[id]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {UNIT_TABS.map(id => (
        <Tabs.Panel key={id} value={id} className="unit__part" tabIndex={0}>
          {id === tab && <Part key={unit.row.unitId} unit={unit} />}
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}

function onPanelKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return
  if (event.key === 'Escape' && document.querySelector('[role=dialog], [role=menu]') === null) closeUnit()
  const tab = UNIT_TABS[Number(event.key) - 1]
  if (tab !== undefined) showTab(tab)
}
