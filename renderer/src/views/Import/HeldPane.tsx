import { type ReactNode, useCallback, useState } from 'react'
import { useHeldEdits } from '../../state/held-edits.ts'
import type { HeldGroup } from '../../state/held-group.ts'
import { type HeldEntry, loadNextHeld, useHeldRows } from '../../state/held-rows.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { HeldEditsBar } from './HeldEditsBar.tsx'
import { HeldFixBar } from './HeldFixBar.tsx'
import { HeldGrid } from './HeldGrid.tsx'
import { gridColumns } from './held-columns.ts'
import { type GridCursor, NOWHERE } from './held-keys.ts'
import { applyEdits } from './held-notice.tsx'
import { ruleTitle, withoutPlace } from './held-text.ts'
import { useImportNames } from './import-names.ts'
import { KnownOffers } from './KnownOffer.tsx'

/** The rows of one rule, cell by cell, with what is done about all of them above and about single ones below. */
export function HeldPane({ group }: Readonly<{ group: HeldGroup }>): ReactNode {
  const [cursor, setCursor] = useState(NOWHERE)
  const row = useHeldRows(state => state.rows[cursor.row] ?? null)
  return (
    <section className="held__pane" aria-labelledby="held-title">
      <header className="held__head">
        <h2 id="held-title" className="panel-title">
          {ruleTitle(group.code)}
          {group.column !== '' && <code className="held__column">{group.column}</code>}
        </h2>
        <code className="muted">{group.code}</code>
      </header>
      <KnownOffers group={group} />
      {group.state === 'superseded' ? <Superseded group={group} /> : <HeldFixBar group={group} />}
      <Rows group={group} cursor={cursor} onCursor={setCursor} />
      <RowNote row={row} group={group} />
      <HeldEditsBar group={group} />
    </section>
  )
}

function Superseded({ group: { supersededBy } }: Readonly<{ group: HeldGroup }>): ReactNode {
  const names = useImportNames(supersededBy)
  return (
    <p className="held__superseded soft">
      These records came again in {names}: nothing waits here. If that import is undone, they are held again.
    </p>
  )
}

type RowsProps = Readonly<{ group: HeldGroup; cursor: GridCursor; onCursor: (cursor: GridCursor) => void }>

function Rows({ group, cursor, onCursor }: RowsProps): ReactNode {
  const { client } = useServices()
  const status = useHeldRows(state => state.rowsStatus)
  const columns = useHeldRows(state => state.columns)
  const faultAt = useHeldRows(state => state.faultAt)
  const rows = useHeldRows(state => state.rows)
  const total = useHeldRows(state => state.total)
  const onVisible = useCallback(
    (last: number) => {
      if (last >= useHeldRows.getState().rows.length - 20) perform(loadNextHeld(client))
    },
    [client],
  )
  if (status === 'failed' && rows.length === 0)
    return <Retry title="The rows cannot be shown" again={() => loadNextHeld(client)} />
  if (rows.length === 0) return <SkeletonRows rows={8} label="Rows are being read" />
  return (
    <HeldGrid
      label="Held rows"
      columns={gridColumns(group, { columns, faultAt, rows })}
      rows={rows}
      total={total}
      isEditable={group.state === 'held'}
      cursor={cursor}
      onCursor={onCursor}
      onApply={() => perform(applyEdits(client))}
      onVisible={onVisible}
    />
  )
}

/** What is wrong with the row the keyboard is on, in full. */
function RowNote({ row, group }: Readonly<{ row: HeldEntry | null; group: HeldGroup }>): ReactNode {
  const verdict = useHeldEdits(state => state.outcome?.verdicts.find(each => each.heldId === row?.heldId) ?? null)
  const message = verdict?.message ?? row?.message ?? group.message
  return (
    <p className="held__note">
      {row === null ? (
        <>
          <span className="muted">Example</span> {withoutPlace(message)}
        </>
      ) : (
        <>
          <span className="muted">Line {row.line}</span>{' '}
          {verdict !== null && verdict.message === null ? 'Would load as it is edited.' : withoutPlace(message)}
        </>
      )}
    </p>
  )
}
