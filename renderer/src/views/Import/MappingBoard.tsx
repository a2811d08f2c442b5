import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import { readToEnd, useImports } from '../../state/imports.ts'
import { activate, useBoard } from '../../state/mapping-board.ts'
import { type BoardFile, boardFiles, boardRows } from '../../state/mapping-rows.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { AnswerOffer } from './AnswerOffer.tsx'
import { BoardBar } from './BoardBar.tsx'
import { BoardDetail } from './BoardDetail.tsx'
import { BoardGrid } from './BoardGrid.tsx'
import { CurrentJob } from './ReadingFiles.tsx'

/** Every file that was handed over: what it is taken for, column by column, and what has to be said before it is imported. */
export function MappingBoard(): ReactNode {
  const { client } = useServices()
  const phase = useImports(state => state.phase)
  const files = useBoardFiles()
  const opened = useBoard(state => state.opened)
  const active = useBoard(state => state.active)
  const rows = useMemo(() => boardRows(files, opened), [files, opened])
  const at = usePlaceOf(rows, active)
  const isWaiting = files.some(({ entry }) => entry.reading.status === 'waiting')
  const isCompared = useBoard(state => state.isCompared)
  useEffect(() => {
    if ((isWaiting || !isCompared) && phase === 'planned') perform(readToEnd(client))
  }, [client, isWaiting, isCompared, phase])
  useEffect(() => document.getElementById('mapping-board')?.focus({ preventScroll: true }), [])
  return (
    <div className="board">
      {phase === 'planned' ? <BoardBar files={files} /> : <CurrentJob />}
      {phase === 'planned' && <AnswerOffer files={files} />}
      <div className="board__parts">
        <BoardGrid rows={rows} at={at} files={files} isFixed={phase !== 'planned'} />
        <BoardDetail row={rows[at] ?? null} />
      </div>
    </div>
  )
}

export function useBoardFiles(): readonly BoardFile[] {
  const plan = useImports(state => state.plan)
  const entries = useBoard(state => state.entries)
  return useMemo(() => boardFiles(plan, entries), [plan, entries])
}

/** Where the keyboard is; where its row is gone, its column, else the place that it had. */
function usePlaceOf(rows: readonly Readonly<{ id: string; kind: string }>[], active: string | null): number {
  const last = useRef(0)
  const found = rows.findIndex(({ id }) => id === active)
  const column = rows.findLastIndex(({ kind, id }) => kind === 'column' && active?.startsWith(`${id}|`) === true)
  const at = found >= 0 ? found : column >= 0 ? column : Math.min(last.current, rows.length - 1)
  useEffect(() => {
    last.current = at
    const row = rows[at]
    if (found < 0 && row !== undefined) activate(row.id)
  }, [at, found, rows])
  return at
}
