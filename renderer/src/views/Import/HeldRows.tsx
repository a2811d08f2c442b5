import { Button } from '@mantine/core'
import { Download } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { downloadHeld } from '../../state/held-file.ts'
import { beginFix, useHeldFix } from '../../state/held-fix.ts'
import { keyOf } from '../../state/held-group.ts'
import { chosenGroup, showHeld, useHeldRows } from '../../state/held-rows.ts'
import { useProject } from '../../state/project.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { counted } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { notifyDone, perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { HeldPane } from './HeldPane.tsx'
import { HeldRules } from './HeldRules.tsx'
import { KnownTotal } from './KnownTotal.tsx'

/** Rows that could not be loaded: by rule on the left, on the right the rows of one rule and what is done about them. */
export function HeldRows(): ReactNode {
  const { client } = useServices()
  const importId = useHeldRows(state => state.importId)
  const status = useHeldRows(state => state.status)
  const isEmpty = useHeldRows(state => state.groups.length === 0)
  const group = useHeldRows(chosenGroup)
  const key = group === null ? null : keyOf(group)
  const isBegun = useHeldFix(state => state.key === key)
  useEffect(() => {
    if (group !== null && !isBegun) perform(beginFix(client, group))
  }, [client, group, isBegun])
  if (status === 'failed' && isEmpty)
    return <Retry title="The held rows cannot be shown" again={() => showHeld(client, importId)} />
  if (status !== 'ready' && isEmpty) return <SkeletonRows rows={8} label="Held rows are being read" />
  if (isEmpty) return <NothingHeld />
  return (
    <div className="held">
      <nav className="held__rules" aria-label="Held rows by rule">
        <KnownTotal />
        <HeldRules />
        <HeldFileActions />
      </nav>
      {group !== null && <HeldPane key={key} group={group} />}
    </div>
  )
}

function NothingHeld(): ReactNode {
  const fixed = useHeldRows(state => state.imports.reduce((sum, each) => sum + each.fixed, 0))
  return (
    <EmptyState title="No rows are held">
      {fixed === 0
        ? 'Every row that was read is loaded, or was there already.'
        : `${counted(fixed, 'row')} that ${fixed === 1 ? 'was' : 'were'} held ${fixed === 1 ? 'is' : 'are'} loaded since. Undo an import of fixed rows among the files to hold them again.`}
    </EmptyState>
  )
}

function HeldFileActions(): ReactNode {
  const { client, shell } = useServices()
  const project = useProject(state => state.summary?.project.name ?? 'held')
  const importId = useHeldRows(state => state.importId)
  const held = useHeldRows(state => state.groups.some(group => group.state === 'held'))
  const download = async (): Promise<void> => {
    const written = await downloadHeld(client, shell, { project, group: null, importId })
    if (written !== null)
      notifyDone(
        `${counted(written.rows, 'row')} written`,
        `held_rows.csv is in ${written.folder}. Correct it and drop it on the window.`,
      )
  }
  if (!held) return null
  return (
    <div className="held__file">
      <Button
        variant="default"
        fullWidth
        leftSection={<Download size={14} aria-hidden />}
        onClick={() => perform(download())}
      >
        Download held rows
      </Button>
      <p className="muted">
        A CSV with the columns of the rows and why each is held. Correct it in a spreadsheet and drop it anywhere on
        this window: corrected rows load, the others stay.
      </p>
    </div>
  )
}
