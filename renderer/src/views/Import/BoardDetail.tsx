import type { ReactNode } from 'react'
import type { Line } from '../../state/mapping-lines.ts'
import type { BoardRow } from '../../state/mapping-rows.ts'
import { ColumnDetail } from './ColumnDetail.tsx'
import { FileDetail } from './FileDetail.tsx'

type Props = Readonly<{ row: BoardRow | null }>

/** What is behind the row that the keyboard is on: of a column its proof, values and settings; of a file why and how. */
export function BoardDetail({ row }: Props): ReactNode {
  if (row === null) return null
  const line = lineOf(row)
  return (
    <section id="board-detail" className="board-detail" aria-label={`Plan for ${row.file.plan.file}`}>
      {line === null ? <FileDetail file={row.file} /> : <ColumnDetail key={line.id} file={row.file} line={line} />}
    </section>
  )
}

function lineOf(row: BoardRow): Line | null {
  if (row.kind === 'column' || row.kind === 'fault' || row.kind === 'note') return row.line
  return row.kind === 'ask' && (row.ask.kind === 'reading' || row.ask.kind === 'key') ? row.ask.line : null
}
