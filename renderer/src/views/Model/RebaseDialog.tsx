import { Button } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { discardModelDraft, type Rebase, rebaseOf, takeRebase } from '../../state/model-editor.ts'
import { setModelView } from '../../state/model-view.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { counted } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { notifyFailure, perform } from '../notify.tsx'
import { titleOf } from '../parameter-words.ts'
import { useServices } from '../services.tsx'
import { ChangeTable, Side } from './ChangeTable.tsx'

type Conflict = Rebase['conflicts'][number]

/** What has come into force since a draft was begun: taken into the draft, or the draft is let go. */
export function RebaseDialog(): ReactNode {
  const { client } = useServices()
  const [rebase, setRebase] = useState<Rebase | null>(null)
  useEffect(() => {
    rebaseOf(client).then(
      found => {
        if (found === null) close()
        else setRebase(found)
      },
      (error: unknown) => {
        close()
        notifyFailure(error)
      },
    )
  }, [client])
  const take = (found: Rebase): void => {
    perform(takeRebase(client, found))
    close()
  }
  const discard = (): void => {
    perform(discardModelDraft(client))
    close()
  }
  return (
    <Dialog onClose={close} title="Bring the draft up to date" size={720}>
      <div className="review">
        {rebase === null ? (
          <SkeletonRows rows={4} label="The models are being compared" />
        ) : (
          <>
            <p>
              {counted(rebase.changes.length, 'change')} came into force since this draft was begun. Taking over leaves
              the draft's own changes in place; nothing is applied yet.
            </p>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must scroll by keyboard too */}
            <div className="model-review" tabIndex={0}>
              <ChangeTable label="Changes in force" changes={rebase.changes} />
            </div>
            <Conflicts conflicts={rebase.conflicts} />
          </>
        )}
        <div className="dialog-actions">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button variant="default" onClick={discard}>
            Discard the draft
          </Button>
          <Button data-autofocus disabled={rebase === null} onClick={() => rebase !== null && take(rebase)}>
            Take the changes over
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

const close = (): void => setModelView({ dialog: null })

function Conflicts({ conflicts }: Readonly<{ conflicts: readonly Conflict[] }>): ReactNode {
  if (conflicts.length === 0) return <p className="soft">No place was changed by both.</p>
  return (
    <>
      <p className="model-warned">
        {counted(conflicts.length, 'place was', 'places were')} changed by both: the draft keeps its own value.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must scroll by keyboard too */}
      <div className="model-review" tabIndex={0}>
        <DataTable
          label="Places changed by both"
          columns={COLUMNS}
          rows={conflicts}
          keyOf={({ path }) => path.join('.')}
        />
      </div>
    </>
  )
}

const COLUMNS: readonly Column<Conflict>[] = [
  {
    id: 'what',
    header: 'What',
    cell: ({ path }) => (
      <span className="clip" title={path.join(' › ')}>
        {titleOf(path)}
      </span>
    ),
  },
  { id: 'base', header: 'Begun on', align: 'end', cell: ({ path, base }) => <Side path={path} value={base} /> },
  {
    id: 'inForce',
    header: 'In force',
    align: 'end',
    cell: ({ path, inForce }) => <Side path={path} value={inForce} />,
  },
  { id: 'draft', header: 'In the draft', align: 'end', cell: ({ path, draft }) => <Side path={path} value={draft} /> },
]
