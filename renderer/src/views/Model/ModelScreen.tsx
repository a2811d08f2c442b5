import { Tabs } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { isChecklist } from '../../state/model-document.ts'
import { documentOf, loadModelEditor, useModelEditor } from '../../state/model-editor.ts'
import { MODEL_TABS, type ModelTab, setModelView, useModelView } from '../../state/model-view.ts'
import { useProject } from '../../state/project.ts'
import { count } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { BucketsTab } from './BucketsTab.tsx'
import { ChecklistTab } from './ChecklistTab.tsx'
import { FindingList } from './FindingList.tsx'
import { JsonTab } from './JsonTab.tsx'
import { ModelActions } from './ModelActions.tsx'
import { ModelMenu } from './ModelMenu.tsx'
import { useModelKeys } from './model-keys.ts'
import { NewSignalDialog } from './NewSignalDialog.tsx'
import { PresetDialog } from './PresetDialog.tsx'
import { RebaseDialog } from './RebaseDialog.tsx'
import { ReviewDialog } from './ReviewDialog.tsx'
import { RolesTab } from './RolesTab.tsx'
import { SignalPanel } from './SignalPanel.tsx'
import { SignalsTab } from './SignalsTab.tsx'
import { VersionsTab } from './VersionsTab.tsx'

/** The model as a document: what earns points, how they fade, and from which score a workspace is qualified. */
export function ModelScreen(): ReactNode {
  const { client } = useServices()
  const status = useModelEditor(state => state.status)
  const project = useProject(state => state.summary?.project.name)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another project has another model
  useEffect(() => perform(loadModelEditor(client)), [client, project])
  return (
    <div className="model">
      <Head isReady={status === 'ready'} />
      {status === 'ready' ? (
        <Content />
      ) : status === 'failed' ? (
        <Retry title="The model cannot be shown" again={() => loadModelEditor(client)} />
      ) : (
        <SkeletonRows rows={14} label="The model is being read" />
      )}
    </div>
  )
}

function Head({ isReady }: Readonly<{ isReady: boolean }>): ReactNode {
  const name = useModelEditor(state => documentOf(state)?.name ?? '')
  const hash = useModelEditor(state => state.inForce?.hash ?? '')
  const isEdited = useModelEditor(state => state.draft !== null)
  return (
    <div className="screen__head model-head">
      <h1 className="screen__title">Model</h1>
      {isReady && (
        <span className="muted clip" title={isEdited ? 'A draft; not in force' : `In force, hash ${hash}`}>
          {name} · {isEdited ? 'draft' : `in force, ${hash.slice(0, 12)}`}
        </span>
      )}
      <div className="screen__spacer" />
      {isReady && <ModelActions />}
      {isReady && <ModelMenu />}
    </div>
  )
}

const PARTS: Readonly<Record<ModelTab, () => ReactNode>> = {
  signals: SignalsOrRows,
  buckets: BucketsTab,
  roles: RolesTab,
  json: JsonTab,
  versions: VersionsTab,
}

function SignalsOrRows(): ReactNode {
  const isList = useModelEditor(state => {
    const document = documentOf(state)
    return document !== null && isChecklist(document)
  })
  return isList ? <ChecklistTab /> : <SignalsTab />
}

function Content(): ReactNode {
  const tab = useModelView(state => state.tab)
  const dialog = useModelView(state => state.dialog)
  const Part = PARTS[tab]
  useModelKeys()
  return (
    <>
      <FindingList />
      <div className="model__lists">
        <Tabs
          value={tab}
          onChange={value =>
            setModelView({ tab: MODEL_TABS.find(known => known === value) ?? 'signals', signal: null })
          }
          className="model__tabs"
        >
          <TabList />
          <Tabs.Panel value={tab} className="model__part">
            <Part />
          </Tabs.Panel>
        </Tabs>
        {tab === 'signals' && <SignalPanel />}
      </div>
      {dialog === 'review' && <ReviewDialog />}
      {dialog === 'rebase' && <RebaseDialog />}
      {dialog === 'presets' && <PresetDialog />}
      {dialog === 'new' && <NewSignalDialog />}
    </>
  )
}

function TabList(): ReactNode {
  const document = useModelEditor(documentOf)
  const versions = useModelEditor(state => state.versions.length)
  const isList = document !== null && isChecklist(document)
  const lines = document === null ? 0 : isChecklist(document) ? document.rows.length : document.signals.length
  return (
    <Tabs.List aria-label="Parts of the model">
      <Tabs.Tab value="signals">
        {isList ? 'Checks' : 'Signals'} <span className="tab-count">{count(lines)}</span>
      </Tabs.Tab>
      <Tabs.Tab value="buckets">{isList ? 'Stages' : 'Buckets and stages'}</Tabs.Tab>
      <Tabs.Tab value="roles">Roles</Tabs.Tab>
      <Tabs.Tab value="json">JSON</Tabs.Tab>
      <Tabs.Tab value="versions">
        Versions <span className="tab-count">{count(versions)}</span>
      </Tabs.Tab>
    </Tabs.List>
  )
}
