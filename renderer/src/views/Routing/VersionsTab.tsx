import { Button } from '@mantine/core'
import { Check } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { loadVersions, useVersions, type Version } from '../../state/routing-versions.ts'
import { setRoutingView } from '../../state/routing-view.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { count, dateTime } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
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
    cell: version => (
      <span className="with-mark">
        <span className="clip">{version.name}</span>
        {version.isDefault && <span className="muted">built in</span>}
      </span>
    ),
  },
  { id: 'version', header: 'Version', align: 'end', cell: version => count(version.version) },
  { id: 'rules', header: 'Rules', align: 'end', cell: version => count(version.rules) },
  {
    id: 'saved',
    header: 'Saved',
    cell: version => (
      <span className="soft">{version.savedAt === null ? 'with the program' : dateTime(version.savedAt)}</span>
    ),
  },
  {
    id: 'hash',
    header: 'Hash',
    means: 'Of the rules and settings; equal rules have equal hashes.',
    cell: version => (
      <code className="muted" title={version.hash}>
        {version.hash.slice(0, 12)}
      </code>
    ),
  },
  { id: 'act', header: 'In force', align: 'end', cell: version => <Act version={version} /> },
]

function Act({ version }: Readonly<{ version: Version }>): ReactNode {
  if (version.isInForce)
    return (
      <span className="with-mark version-mark">
        <Check size={14} aria-hidden /> Yes
      </span>
    )
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
