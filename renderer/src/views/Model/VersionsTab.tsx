import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { revertModel, useModelEditor, type Version } from '../../state/model-editor.ts'
import { setModelView, useModelView } from '../../state/model-view.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { count } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { InForce, VersionDate, VersionHash, VersionName } from '../../ui/VersionCells.tsx'
import { notifyDone, notifyFailure } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { ChangeTable } from './ChangeTable.tsx'
import { useDifference } from './use-difference.ts'

/** Every model that was in force, what differs from the one that is, and the way back to it. */
export function VersionsTab(): ReactNode {
  const versions = useModelEditor(state => state.versions)
  const chosen = useModelView(state => state.version)
  const version = versions.find(({ hash }) => hash === chosen) ?? null
  return (
    <div className="model-versions">
      <div className="model-versions__list">
        <DataTable
          label="Versions of the model"
          columns={COLUMNS}
          rows={versions}
          keyOf={({ hash }) => hash}
          selectedKey={chosen}
          onSelect={({ hash }) => setModelView({ version: hash === chosen ? null : hash })}
        />
      </div>
      {version !== null && <Difference key={version.hash} version={version} />}
    </div>
  )
}

const COLUMNS: readonly Column<Version>[] = [
  {
    id: 'name',
    header: 'Name',
    cell: ({ name, kind, isDefault }) => (
      <VersionName
        name={name}
        marks={[...(kind === 'checklist' ? ['checklist'] : []), ...(isDefault ? ['built in'] : [])]}
      />
    ),
  },
  {
    id: 'created',
    header: 'Applied',
    cell: ({ createdAt }) => <VersionDate at={createdAt} />,
  },
  {
    id: 'runs',
    header: 'Runs',
    means: 'Scorings that are kept and were made with it.',
    align: 'end',
    cell: ({ runs }) => count(runs),
  },
  {
    id: 'hash',
    header: 'Hash',
    means: 'Equal models have equal hashes; every score says by which it was made.',
    cell: ({ hash }) => <VersionHash hash={hash} />,
  },
  {
    id: 'state',
    header: 'State',
    align: 'end',
    cell: ({ isInForce }) => isInForce && <InForce label="In force" />,
  },
]

function Difference({ version }: Readonly<{ version: Version }>): ReactNode {
  const { client } = useServices()
  const [isBusy, setBusy] = useState(false)
  const changes = useDifference(version.hash, null)
  const revert = async (): Promise<void> => {
    setBusy(true)
    try {
      await revertModel(client, version.hash)
      notifyDone(`${version.name} is in force again`, 'Scores follow with the next scoring.')
    } catch (error) {
      notifyFailure(error)
    }
    setBusy(false)
  }
  if (version.isInForce) return <p className="model-versions__same muted">This version is in force.</p>
  return (
    <section aria-label="Difference" className="model-versions__difference">
      <header className="model-bar">
        <h2 className="section-title">From the model in force to {version.name}</h2>
        <Button size="compact-sm" variant="default" loading={isBusy} onClick={() => void revert()}>
          Bring back
        </Button>
      </header>
      {changes === null ? (
        <SkeletonRows rows={4} label="The models are being compared" />
      ) : changes.length === 0 ? (
        <p className="model-versions__same muted">Nothing but the name differs.</p>
      ) : (
        <ChangeTable label="Difference" changes={changes} />
      )}
    </section>
  )
}
