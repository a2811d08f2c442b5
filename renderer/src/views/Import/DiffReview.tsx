import { type ReactNode, useEffect } from 'react'
import { chooseDiff, kindsOf, modeOf, useBatch } from '../../state/import-batch.ts'
import { useImports } from '../../state/imports.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { DiffFiles } from './DiffFiles.tsx'
import { DiffHeld } from './DiffHeld.tsx'
import { DiffRows } from './DiffRows.tsx'
import { diffSum } from './diff-words.ts'
import { CurrentJob } from './ReadingFiles.tsx'

/** What publishing would change, file by file and row by row, before any of it is done. */
export function DiffReview(): ReactNode {
  const batch = useBatch(state => state.batch)
  const isPublishing = useImports(state => state.phase === 'importing')
  const modes = useBatch(state => state.modes)
  const chosen = useBatch(state => state.chosen)
  const file = batch?.files.find(each => each.importId === chosen?.importId) ?? null
  const mode = file === null ? null : modeOf({ modes, batch }, file)
  // a kind that no longer counts gives way to one that does
  useEffect(() => {
    if (file === null || chosen === null || mode === null) return
    const kinds = kindsOf(file, mode)
    const [first] = kinds
    if (!kinds.includes(chosen.kind) && first !== undefined) chooseDiff(file.importId, first)
  }, [file, chosen, mode])
  if (batch === null) return null
  return (
    <div className="diff">
      {isPublishing && <CurrentJob />}
      <p className="diff__sum" role="status">
        {diffSum({ batch, modes })}
      </p>
      <DiffFiles batch={batch} />
      {file === null || chosen === null ? (
        <EmptyState title="No row of the project would change">The files hold what is there already.</EmptyState>
      ) : chosen.kind === 'held' ? (
        <DiffHeld file={file} />
      ) : (
        <DiffRows file={file} kind={chosen.kind} mode={mode ?? 'upsert'} />
      )}
    </div>
  )
}
