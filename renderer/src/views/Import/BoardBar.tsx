import { CircleHelp } from 'lucide-react'
import type { ReactNode } from 'react'
import { sum } from '#lib/num'
import { isUnderWay, useBoard, waiveReading } from '../../state/mapping-board.ts'
import type { BoardFile } from '../../state/mapping-rows.ts'
import { bytes, count, counted, duration } from '../../ui/format.ts'
import { goToAsk, nextAsk } from './board-acts.ts'
import { fittingFiles } from './board-import.ts'

type Props = Readonly<{ files: readonly BoardFile[] }>

/** What is on the board, and what stands between it and the import. */
export function BoardBar({ files }: Props): ReactNode {
  const unknown = files.length - fittingFiles(files).length
  return (
    <div className="board-bar">
      <p className="board-bar__sum">
        {counted(files.length, 'file')} · {bytes(sum(files.map(({ plan }) => plan.bytes)))}
        <RowsSum files={files} />, nothing imported yet.
        {unknown > 0 && ` ${counted(unknown, 'file fits', 'files fit')} no table and will not be imported.`}
      </p>
      <div className="screen__spacer" />
      <Blocker files={files} />
    </div>
  )
}

function RowsSum({ files }: Props): ReactNode {
  const fitting = fittingFiles(files)
  const proofs = fitting.flatMap(({ tables }) => tables[0]?.proof ?? [])
  if (proofs.length === 0) return null
  const rows = counted(sum(proofs.map(({ read }) => read)), 'row')
  return proofs.length === fitting.length
    ? ` · ${rows}`
    : ` · ${rows} in the ${count(proofs.length)} of ${counted(fitting.length, 'file')} read so far`
}

/** Why the import cannot begin; the first question is one step away. */
function Blocker({ files }: Props): ReactNode {
  const asking = files.filter(({ asks }) => asks.length > 0)
  const isCompared = useBoard(state => state.isCompared)
  const asks = sum(asking.map(file => file.asks.length))
  if (asks > 0)
    return (
      <p id="import-blocker" className="board-bar__ask" role="status">
        <CircleHelp size={14} aria-hidden />
        <span>
          {counted(asks, 'question')} in {counted(asking.length, 'file')} {asks === 1 ? 'is' : 'are'} open.
        </span>
        <button type="button" className="plain text-button" onClick={() => goToAsk(nextAsk(files, null))}>
          Show the first
        </button>
      </p>
    )
  if (files.some(({ entry }) => isUnderWay(entry))) return <Reading files={files} />
  return isCompared || fittingFiles(files).length === 0 ? null : <Comparing />
}

function Comparing(): ReactNode {
  return (
    <p id="import-blocker" className="board-bar__reading">
      <span>Comparing the ids of the files.</span>
      <button
        type="button"
        className="plain text-button"
        title="The ids are compared while the files are imported; what they say against a key is told then."
        onClick={waiveReading}
      >
        Do not wait
      </button>
    </p>
  )
}

function Reading({ files }: Props): ReactNode {
  const progress = useBoard(state => state.progress)
  const fitting = fittingFiles(files)
  const open = fitting.filter(({ entry }) => isUnderWay(entry))
  const total = sum(fitting.map(({ plan }) => plan.bytes))
  const left = Math.max(0, sum(open.map(({ plan }) => plan.bytes)) - (progress?.done ?? 0))
  return (
    <p id="import-blocker" className="board-bar__reading">
      <span>
        Checking every row: {count(fitting.length - open.length)} of {counted(fitting.length, 'file')}, {bytes(left)} of{' '}
        {bytes(total)} left{timeLeft(left, progress)}.
      </span>
      <button
        type="button"
        className="plain text-button"
        title="The rows are checked while they are imported; what cannot be loaded is held then."
        onClick={waiveReading}
      >
        Do not wait
      </button>
    </p>
  )
}

const TELLS_AFTER_MS = 800

/** `, 12 s`: told once the rate is. */
function timeLeft(left: number, progress: ReturnType<typeof useBoard.getState>['progress']): string {
  const elapsed = progress === null ? 0 : Date.now() - progress.startedAt
  if (progress === null || progress.done === 0 || elapsed < TELLS_AFTER_MS) return ''
  return `, ${duration((left / progress.done) * elapsed)}`
}
