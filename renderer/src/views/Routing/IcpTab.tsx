import { Button } from '@mantine/core'
import { Plus } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { useProject } from '../../state/project.ts'
import { discardIcp, editIcp, fitOf, loadIcp, reviewIcp, undoIcpEdit, useIcp } from '../../state/routing-icp.ts'
import { addFitRule } from '../../state/routing-icp-rules.ts'
import { DraftBar } from '../../ui/DraftBar.tsx'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { IcpDialog } from './IcpDialog.tsx'
import { IcpFindings } from './IcpFindings.tsx'
import { IcpPreview } from './IcpPreview.tsx'
import { IcpRules } from './IcpRules.tsx'
import { IcpTiers } from './IcpTiers.tsx'

/** Which accounts are the ones that sales want, where the CRM does not say: rules, tiers, and who would become what. */
export function IcpTab(): ReactNode {
  const { client } = useServices()
  const status = useIcp(state => state.status)
  const isReviewing = useIcp(state => state.isReviewing)
  const hash = useProject(state => state.summary?.scoreRun?.modelHash)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another model has other rules
  useEffect(() => perform(loadIcp(client)), [client, hash])
  if (status === 'failed') return <Retry title="The ICP rules cannot be shown" again={() => loadIcp(client)} />
  if (status !== 'ready') return <SkeletonRows rows={8} label="The accounts are being tried" />
  return (
    <div className="rules-tab">
      <Bar />
      <div className="icp">
        <div className="icp__rules scroll">
          <IcpFindings />
          <IcpRules />
          <IcpTiers />
        </div>
        <IcpPreview />
      </div>
      {isReviewing && <IcpDialog />}
    </div>
  )
}

function Bar(): ReactNode {
  const { client } = useServices()
  return (
    <div className="filter-bar rules-tab__bar" role="toolbar" aria-label="ICP rules">
      <span className="muted clip">
        Points of the rules that hold are added, 0 to 100. They are part of the scoring model.
      </span>
      <div className="screen__spacer" />
      <DraftActions />
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<Plus size={14} aria-hidden />}
        onClick={() => perform(editIcp(client, addFitRule))}
      >
        Add a rule
      </Button>
    </div>
  )
}

function DraftActions(): ReactNode {
  const { client } = useServices()
  const hasDraft = useIcp(state => state.draft !== null)
  const canUndo = useIcp(state => state.past.length > 0)
  const isFaulty = useIcp(state => state.preview?.findings.some(({ level }) => level === 'fault') ?? false)
  const rules = useIcp(state => fitOf(state)?.rules.length ?? 0)
  return (
    <DraftBar
      isCompact
      status={hasDraft ? `${rules === 0 ? 'No ICP rules' : 'ICP rules changed'}, not in force` : null}
      canUndo={canUndo}
      undo="Undo the edit"
      discard="Discard the edits"
      onUndo={() => perform(undoIcpEdit(client))}
      onDiscard={() => perform(discardIcp(client))}
    >
      <Button size="compact-sm" disabled={isFaulty} onClick={() => reviewIcp(true)}>
        Review and publish
      </Button>
    </DraftBar>
  )
}
