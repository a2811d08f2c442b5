import { Button } from '@mantine/core'
import { Download, FolderOpen } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import type { Platform } from '../../platform/platform.ts'
import { useExports, type Written } from '../../state/exports.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { bytes, count, counted } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { CrmOutcomes } from './CrmOutcomes.tsx'

type WrittenFile = Written['files'][number]

/** What the last export wrote, file by file, and where. */
export function WrittenFiles(): ReactNode {
  const { shell } = useServices()
  const written = useExports(state => state.written)
  const place = useExports(state => state.place)
  const columns = useMemo(() => columnsOf(shell, place?.token ?? ''), [shell, place])
  if (written === null || place === null)
    return (
      <EmptyState title="Nothing has been written yet">
        Write files puts every list and ledger into a new folder; what it wrote is shown here with size and hash.
      </EmptyState>
    )
  const reveal = shell.revealFolder
  return (
    <section className="written" aria-labelledby="written-title">
      <div className="written__head">
        <h2 id="written-title" className="panel-title">
          {counted(written.files.length, 'file')} written
        </h2>
        <p className="soft clip" title={place.folder}>
          {place.folder}
        </p>
        <div className="screen__spacer" />
        {reveal !== null && (
          <Button
            variant="default"
            leftSection={<FolderOpen size={14} aria-hidden />}
            onClick={() => perform(reveal(place.token))}
          >
            Show folder
          </Button>
        )}
      </div>
      <CrmOutcomes token={place.token} />
      {written.cellsMadeHarmless > 0 && (
        <p className="soft">
          {counted(written.cellsMadeHarmless, 'cell')} that a spreadsheet would run as a formula{' '}
          {written.cellsMadeHarmless === 1 ? 'was' : 'were'} made harmless.
        </p>
      )}
      <DataTable label="Written files" columns={columns} rows={written.files} keyOf={file => file.name} />
    </section>
  )
}

const columnsOf = (shell: Platform['shell'], token: string): readonly Column<WrittenFile>[] => [
  {
    id: 'name',
    header: 'File',
    sortBy: file => file.name,
    cell: file => <Name file={file} shell={shell} token={token} />,
  },
  { id: 'rows', header: 'Rows', align: 'end', sortBy: file => file.rows, cell: file => count(file.rows) },
  { id: 'bytes', header: 'Size', align: 'end', sortBy: file => file.bytes, cell: file => bytes(file.bytes) },
  {
    id: 'hash',
    header: 'SHA-256',
    means: 'Hash of the file, for comparing copies; the same input gives the same bytes.',
    cell: file => (
      <code className="muted" title={file.sha256}>
        {file.sha256.slice(0, 16)}
      </code>
    ),
  },
]

type NameProps = Readonly<{ file: WrittenFile; shell: Platform['shell']; token: string }>

function Name({ file, shell, token }: NameProps): ReactNode {
  if (shell.downloadUrl === null) return <code>{file.name}</code>
  return (
    <a className="with-mark download" href={shell.downloadUrl(token, file.name)} download={file.name.split('/').at(-1)}>
      <Download size={12} aria-hidden />
      <code>{file.name}</code>
    </a>
  )
}
