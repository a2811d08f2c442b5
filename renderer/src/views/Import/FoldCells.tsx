import type { ReactNode } from 'react'
import { normalName } from '../../state/mapping-edits.ts'
import type { Line } from '../../state/mapping-lines.ts'
import type { BoardFile, BoardRow, FoldGroup } from '../../state/mapping-rows.ts'
import { count, counted } from '../../ui/format.ts'
import { BoardCell } from './BoardCell.tsx'
import { tableWords } from './board-words.ts'
import { Chevron } from './FileCells.tsx'

type Props = Readonly<{ row: BoardRow & { kind: 'fold' | 'table' } }>

/** The head of what is folded away, or of one of several tables. */
export function FoldCells({ row }: Props): ReactNode {
  return (
    <BoardCell isWide>
      <Chevron row={row} />
      {row.kind === 'table' ? <TableHead row={row} /> : <FoldHead row={row} />}
    </BoardCell>
  )
}

function FoldHead({ row }: Readonly<{ row: BoardRow & { kind: 'fold' } }>): ReactNode {
  const names = sourceNames(row.lines, row.file)
  return (
    <>
      <span className="nowrap">{foldWords(row.group, row.lines, row.file)}</span>
      {row.isOpen === false && (
        <span className="board-fold__names clip" title={names.join(', ')}>
          {names.join(', ')}
        </span>
      )}
    </>
  )
}

/** Every column that the lines read: a name may be joined from two. */
function sourceNames(lines: readonly Line[], { plan }: BoardFile): readonly string[] {
  const headers = new Set(plan.columns.map(({ header }) => header))
  const names = lines.flatMap(({ header, field, others }) => [
    header ?? field ?? '',
    ...others.filter(other => headers.has(other)),
  ])
  return [...new Set(names)]
}

function foldWords(group: FoldGroup, lines: readonly Line[], file: BoardFile): string {
  const { plan } = file
  if (group === 'custom')
    return `${counted(lines.length, 'column')} kept as custom ${lines.length === 1 ? 'field' : 'fields'}`
  if (group === 'left-out') return leftOutWords(lines)
  const by = plan.recognition?.by
  const columns = counted(sourceNames(lines, file).length, 'column')
  if (by === 'mapping') return `${columns} as remembered`
  if (by === 'preset') return `${columns} known from ${plan.origin ?? 'its source'}`
  const isExact = lines.every(({ header, field }) => normalName(header ?? '') === normalName(field ?? ''))
  return `${columns} ${isExact ? 'matched exactly' : 'recognised'}`
}

function leftOutWords(lines: readonly Line[]): string {
  const secret = lines.filter(({ use }) => use === 'secret').length
  const parts = [
    secret > 0 ? `${counted(secret, 'secret')} not read` : null,
    lines.length > secret ? `${counted(lines.length - secret, 'column')} left out` : null,
  ]
  return parts.filter(part => part !== null).join(', ')
}

function TableHead({ row }: Readonly<{ row: BoardRow & { kind: 'table' } }>): ReactNode {
  const { lines, proof, missing } = row.lines
  const fields = lines.filter(({ field }) => field !== null).length
  return (
    <>
      <strong className="board-table">{tableWords(row.table)}</strong>
      <span className="muted">
        {counted(fields, 'field')}
        {proof !== null && ` · ${count(proof.readable)} of ${counted(proof.read, 'row')}`}
        {missing.length > 0 && ` · lacks ${missing.join(', ')}`}
      </span>
    </>
  )
}
