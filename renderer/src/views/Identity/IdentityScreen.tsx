import { Button, Tabs } from '@mantine/core'
import { FingerprintPattern } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { IDENTITY_TABS, type IdentityTab, showIdentityTab, useIdentity } from '../../state/identity-overview.ts'
import { enterIdentity } from '../../state/identity-room.ts'
import { go } from '../../state/navigation.ts'
import { useProject } from '../../state/project.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { CurrentJob } from '../Import/ReadingFiles.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { ClustersTab } from './ClustersTab.tsx'
import { DomainsTab } from './DomainsTab.tsx'
import { HistoryTab } from './HistoryTab.tsx'
import { IdentityHead } from './IdentityHead.tsx'
import { LabelsTab } from './LabelsTab.tsx'
import { ReviewTab } from './ReviewTab.tsx'
import { RulesDialog } from './RulesDialog.tsx'
import { RulesTab } from './RulesTab.tsx'
import { SharedTab } from './SharedTab.tsx'
import { ThresholdsTab } from './ThresholdsTab.tsx'
import { WhyTab } from './WhyTab.tsx'

const LABELS: Readonly<Record<IdentityTab, string>> = {
  review: 'Review',
  thresholds: 'Thresholds',
  clusters: 'Groups',
  why: 'Why not',
  rules: 'Rules',
  domains: 'Domains',
  labels: 'Quality',
  shared: 'Shared values',
  history: 'History',
}
const PARTS: Readonly<Record<IdentityTab, () => ReactNode>> = {
  review: ReviewTab,
  thresholds: ThresholdsTab,
  clusters: ClustersTab,
  why: WhyTab,
  rules: RulesTab,
  domains: DomainsTab,
  labels: LabelsTab,
  shared: SharedTab,
  history: HistoryTab,
}

/** Who is who: candidates with their evidence, and what an answer to each would do. */
export function IdentityScreen(): ReactNode {
  const { client } = useServices()
  const status = useIdentity(state => state.status)
  const project = useProject(state => state.summary?.project.name)
  const users = useProject(state => state.summary?.rowsPerTable['users'] ?? 0)
  const workspaces = useProject(state => state.summary?.rowsPerTable['workspaces'] ?? 0)
  const hasRecords = users + workspaces > 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: another project, or other records, have other candidates
  useEffect(() => {
    if (hasRecords) perform(enterIdentity(client))
  }, [client, project, users, workspaces])
  return (
    <div className="screen identity">
      <IdentityHead />
      <RulesDialog />
      {!hasRecords ? (
        <NoRecords />
      ) : status === 'ready' ? (
        <Parts />
      ) : status === 'failed' ? (
        <Retry title="The records cannot be compared" again={() => enterIdentity(client)} />
      ) : (
        <>
          <CurrentJob />
          <SkeletonRows rows={12} label="Records are being compared" />
        </>
      )}
    </div>
  )
}

function NoRecords(): ReactNode {
  return (
    <EmptyState
      icon={<FingerprintPattern size={24} strokeWidth={1.5} />}
      title="There is nobody to compare yet"
      action={<Button onClick={() => go('import')}>Go to Import</Button>}
    >
      Import users or workspaces. Records that may be one person or one organisation then appear here with their
      evidence.
    </EmptyState>
  )
}

function Parts(): ReactNode {
  const tab = useIdentity(state => state.tab)
  const Part = PARTS[tab]
  return (
    <Tabs
      value={tab}
      onChange={value => showIdentityTab(IDENTITY_TABS.find(known => known === value) ?? 'review')}
      className="identity__tabs"
    >
      <Tabs.List aria-label="Parts of identity">
        {IDENTITY_TABS.map(id => (
          <Tabs.Tab key={id} value={id}>
            {LABELS[id]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={tab} className="identity__part">
        <Part />
      </Tabs.Panel>
    </Tabs>
  )
}
