import { Button } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { loadVersions, useVersions, type Version } from '../../state/routing-versions.ts'
import { setRoutingView } from '../../state/routing-view.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { count } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { InForce, VersionDate, VersionHash, VersionName } from '../../ui/VersionCells.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'

/** Every version of the rules that was ever in force, and the way back to it. */
export function VersionsTab(): ReactNode {
  const { client } = useServices()
  const status = useVersions(state => state.status)
  const versions = useVersions(state => state.versions)
  useEffect(() => perform(loadVersions(client)), [client])
  if (status === 'failed') return <Retry title="The versions cannot be shown" again={() => loadVersions(client)} />
  if (status !== 'ready') return <SkeletonRows rows={4} label="The versions are being read" />
  return (
    <div className="scroll">
      <DataTable label="Versions of the rules" columns={COLUMNS} rows={versions} keyOf={version => version.hash} />
    </div>
  )
}

const COLUMNS: readonly Column<Version>[] = [
  {
    id: 'name',
    header: 'Name',
    cell: version => <VersionName name={version.name} marks={version.isDefault ? ['built in'] : []} />,
  },
  { id: 'version', header: 'Version', align: 'end', cell: version => count(version.version) },
  { id: 'rules', header: 'Rules', align: 'end', cell: version => count(version.rules) },
  { id: 'saved', header: 'Saved', cell: version => <VersionDate at={version.savedAt} /> },
  {
    id: 'hash',
    header: 'Hash',
    means: 'Of the rules and settings; equal rules have equal hashes.',
    cell: version => <VersionHash hash={version.hash} />,
  },
  { id: 'act', header: 'In force', align: 'end', cell: version => <Act version={version} /> },
]

function Act({ version }: Readonly<{ version: Version }>): ReactNode {
  if (version.isInForce) return <InForce label="Yes" />
  return (
    <Button
      size="compact-sm"
      variant="default"
      aria-label={`Bring back ${version.name}, version ${count(version.version)}`}
      onClick={() => setRoutingView({ dialog: { revertTo: version.hash } })}
    >
      Bring back
    </Button>
  )
}
